package workspace

import "encoding/json"

// overlay maps files that go is to see, by their absolute paths, to the files that it reads instead.
// A file mapped to the empty string is not there.
type overlay map[string]string

// encode writes what go's -overlay flag reads.
func (o overlay) encode() ([]byte, error) {
	return json.Marshal(struct{ Replace map[string]string }{o})
}
