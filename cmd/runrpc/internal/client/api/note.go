package api

import (
	"fmt"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// Notes tell of a type what a language has no word for.
func (t *Type) Notes() []string {
	switch {
	case t.Kind == String && t.Format == "date-time":
		return []string{"A date and a time, as in RFC 3339."}
	case t.Kind == String && t.Format == "base64":
		return []string{"Bytes in base64."}
	case t.Kind == String && t.Format != "":
		return []string{fmt.Sprintf("Format: %s.", message.Short(t.Format))}
	}
	return nil
}

// HasBig tells whether a type has integers that a floating-point number cannot tell apart.
func (t *Type) HasBig() bool {
	switch t.Kind {
	case Integer:
		return t.Big
	case Array, Map:
		return t.Elem.HasBig()
	}
	return false
}

// DefaultNote tells what a field is that is left out, "" where that is not said.
func (f *Field) DefaultNote() string {
	if f.Default == nil || f.Required {
		return ""
	}
	return fmt.Sprintf("Default: %s.", message.Short(f.Default))
}

// ErrorNote lists the errors of a method.
func (m *Method) ErrorNote() string {
	if len(m.Errors) == 0 {
		return ""
	}
	list := make([]string, len(m.Errors))
	for i, e := range m.Errors {
		list[i] = fmt.Sprintf("%s (%d)", e.Name, e.Code)
	}
	return "Errors: " + strings.Join(list, ", ") + "."
}

// Optional tells whether a method can be called without params.
func (m *Method) Optional() bool {
	if m.Params == nil {
		return true
	}
	for _, f := range m.Params.Fields {
		if f.Required {
			return false
		}
	}
	return true
}
