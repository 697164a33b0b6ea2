package console

import "bytes"

// Lines is a writer that hands on what is written to it line by line, each with its end.
type Lines struct {
	each  func(line []byte) error
	begun []byte // a line whose end has not come yet
}

// NewLines returns a writer that calls each, which may not keep the line.
func NewLines(each func(line []byte) error) *Lines { return &Lines{each: each} }

// Write hands on the lines that are complete.
func (l *Lines) Write(text []byte) (int, error) {
	l.begun = append(l.begun, text...)
	for {
		i := bytes.IndexByte(l.begun, '\n')
		if i < 0 {
			return len(text), nil
		}
		if err := l.each(l.begun[:i+1]); err != nil {
			return 0, err
		}
		l.begun = l.begun[i+1:]
	}
}

// Close hands on what is left without an end of line.
func (l *Lines) Close() error {
	if len(l.begun) == 0 {
		return nil
	}
	return l.each(l.begun)
}
