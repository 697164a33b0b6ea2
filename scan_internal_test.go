package jsonrpc

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// reference reads a message with another parser, by the same rules. It is slow and keeps all.
type reference struct {
	dec   *jsontext.Decoder
	text  []byte
	depth int
}

// member is a member of a request as the reference finds it.
type member struct {
	name  string
	value span
}

// verdict is what is compared: all that parse finds out about a message.
type verdict struct {
	Code     int // of the fault of the whole message, 0 for none
	Batch    bool
	Requests []seen
}

// seen is a request of a message. Spans are counted from the text's first byte.
type seen struct {
	Code         int
	Method       string
	Params, ID   span
	Notification bool
	Elements     []element
}

var errNoMessage = errors.New("refused")

// read returns the verdict of the reference.
func (r *reference) read() verdict {
	v, err := r.message()
	if err != nil || !utf8.Valid(r.text) {
		return verdict{Code: CodeParseError}
	}
	return v
}

func (r *reference) message() (v verdict, err error) {
	switch r.dec.PeekKind() {
	case '{':
		req, err := r.request()
		if err != nil {
			return v, err
		}
		v.Requests = append(v.Requests, req)
	case '[':
		v, err = r.batch()
	default:
		v.Code = CodeInvalidRequest
		_, _, err = r.value()
	}
	if err == nil {
		if _, tail := r.dec.ReadToken(); tail != io.EOF {
			err = errNoMessage
		}
	}
	return v, err
}

func (r *reference) batch() (v verdict, err error) {
	if err := r.open(); err != nil {
		return v, err
	}
	for kind := r.dec.PeekKind(); kind != ']'; kind = r.dec.PeekKind() {
		req := seen{Code: CodeInvalidRequest}
		if kind == '{' {
			req, err = r.request()
		} else {
			_, _, err = r.value()
		}
		if err != nil {
			return v, err
		}
		v.Requests = append(v.Requests, req)
	}
	if v.Batch = true; len(v.Requests) == 0 {
		v.Code = CodeInvalidRequest
	}
	_, err = r.dec.ReadToken()
	return v, err
}

// open reads a bracket.
func (r *reference) open() error {
	_, err := r.dec.ReadToken()
	if err == nil && r.dec.StackDepth() > r.depth {
		err = errNoMessage
	}
	return err
}

// value reads a value with all that is in it; elements are those of its first level.
func (r *reference) value() (at span, elements []element, err error) {
	level := r.dec.StackDepth()
	kind := r.dec.PeekKind()
	if kind != '{' && kind != '[' {
		at, err = r.scalar()
		return at, nil, err
	}
	if err = r.open(); err != nil {
		return at, nil, err
	}
	at.at = int(r.dec.InputOffset()) - 1
	for {
		switch k := r.dec.PeekKind(); k {
		case '}', ']':
			_, err = r.dec.ReadToken()
			at.end = int(r.dec.InputOffset())
			if err == nil && r.dec.StackDepth() != level {
				panic("the reference has lost its way")
			}
			return at, elements, err
		}
		var e element
		if kind == '{' {
			name, err := r.name()
			if err != nil {
				return at, nil, err
			}
			e.name = span{name.at + 1 - at.at, name.end - 1 - at.at}
		}
		v, _, err := r.value()
		if err != nil {
			return at, nil, err
		}
		e.value = span{v.at - at.at, v.end - at.at}
		elements = append(elements, e)
	}
}

// scalar reads a token that is a value; a lone surrogate is allowed.
func (r *reference) scalar() (span, error) {
	raw, err := r.dec.ReadValue()
	end := int(r.dec.InputOffset())
	return span{end - len(raw), end}, err
}

// name reads a member's name, in which a lone surrogate is not allowed.
func (r *reference) name() (span, error) {
	at, err := r.scalar()
	if err == nil && halved(r.text[at.at:at.end]) {
		err = errNoMessage
	}
	return at, err
}

// halved tells whether a string has a lone surrogate: unquoted strictly, it is no text.
func halved(quoted []byte) bool {
	_, err := jsontext.AppendUnquote(nil, quoted)
	return err != nil
}

func (r *reference) request() (req seen, err error) {
	if err := r.open(); err != nil {
		return req, err
	}
	known := map[string][]member{}
	var elements []element
	for r.dec.PeekKind() != '}' {
		at, err := r.name()
		if err != nil {
			return req, err
		}
		name, _ := jsontext.AppendUnquote(nil, r.text[at.at:at.end])
		value, inside, err := r.value()
		if err != nil {
			return req, err
		}
		raw := r.text[value.at:value.end]
		if s := string(name); (s == "method" || s == "id") && raw[0] == '"' && halved(raw) {
			return req, errNoMessage
		}
		known[string(name)] = append(known[string(name)], member{string(name), value})
		if string(name) == "params" {
			elements = inside
		}
	}
	if _, err := r.dec.ReadToken(); err != nil {
		return req, err
	}
	return r.classify(known, elements), nil
}

// classify says what a request is, as the table of messages has it.
func (r *reference) classify(known map[string][]member, elements []element) (req seen) {
	kind := func(name string) byte {
		if len(known[name]) != 1 {
			return 0
		}
		return r.text[known[name][0].value.at]
	}
	text := func(name string) string {
		at := known[name][0].value
		s, _ := jsontext.AppendUnquote(nil, r.text[at.at:at.end])
		return string(s)
	}
	validID := bytes.IndexByte([]byte(`"-0123456789n`), kind("id")) >= 0
	if validID {
		req.ID = known["id"][0].value
	}
	for _, name := range []string{"jsonrpc", "method", "params", "id"} {
		if len(known[name]) > 1 {
			req.Code = CodeInvalidRequest
		}
	}
	if kind("jsonrpc") != '"' || text("jsonrpc") != "2.0" || kind("method") != '"' || known["id"] != nil && !validID {
		req.Code = CodeInvalidRequest
	}
	if req.Code != 0 {
		return req
	}
	req.Method, req.Notification = text("method"), known["id"] == nil
	switch kind("params") {
	case '[', '{':
		req.Params, req.Elements = known["params"][0].value, elements
	case 0, 'n':
	default:
		req.Code = CodeInvalidParams
	}
	return req
}

// verdictOf puts what parse has found into the form of the reference.
func verdictOf(m *message) verdict {
	if m.fault != nil && m.fault.Code == CodeParseError {
		return verdict{Code: CodeParseError}
	}
	v := verdict{Batch: m.batch}
	if m.fault != nil {
		v.Code = m.fault.Code
	}
	for i := range m.requests {
		r := &m.requests[i]
		s := seen{ID: spanIn(m.text, r.id)}
		if r.fault != nil {
			s.Code = r.fault.Code
		}
		if s.Code != CodeInvalidRequest {
			s.Method, s.Notification = string(r.method), r.notification
			s.Params = spanIn(m.text, r.params)
			for _, e := range r.elements {
				s.Elements = append(s.Elements, element{name: e.name, value: e.value})
			}
		}
		v.Requests = append(v.Requests, s)
	}
	return v
}

// spanIn finds where in text a part of it stands.
func spanIn(text, part []byte) span {
	if part == nil {
		return span{}
	}
	at := cap(text) - cap(part)
	if at < 0 || at+len(part) > len(text) || len(part) > 0 && &text[at] != &part[0] {
		return span{-1, -1}
	}
	return span{at, at + len(part)}
}

func verdicts(text []byte, depth int) (got, want verdict) {
	var m message
	m.parse(text, limits{depth: depth})
	ref := reference{
		dec:   jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
		text:  text,
		depth: depth,
	}
	want = ref.read()
	for i := range want.Requests { // no more than these are remembered
		if e := want.Requests[i].Elements; len(e) > maxElements {
			want.Requests[i].Elements = e[:maxElements]
		}
	}
	return verdictOf(&m), want
}

func FuzzScanner(f *testing.F) {
	for _, seed := range messageSeeds {
		f.Add([]byte(seed), uint16(defaultDepth))
		f.Add([]byte(seed), uint16(3))
	}
	f.Fuzz(func(t *testing.T, text []byte, depth uint16) {
		got, want := verdicts(bytes.Clone(text), 1+int(depth)%maxDepthLimit)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(span{}, element{})); diff != "" {
			t.Errorf("%q: -reference +got:\n%s", text, diff)
		}
	})
}
