package names_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/internal/names"
)

func TestLowerCamel(t *testing.T) {
	tests := map[string]string{
		"":             "",
		"X":            "x",
		"Add":          "add",
		"ID":           "id",
		"Id":           "id",
		"SendCodeByID": "sendCodeByID",
		"HTTPServer":   "httpServer",
		"URLFor":       "urlFor",
		"HTTP2Server":  "http2Server",
		"A1":           "a1",
		"ABtest":       "aBtest",
		"URLs":         "urLs",
		"Get_user":     "get_user",
		"already":      "already",
		"_Hidden":      "_Hidden",
		"Été":          "été",
		"ÉTÉ":          "été",
		"日本":           "日本",
	}
	for goName, want := range tests {
		if got := names.LowerCamel(goName); got != want {
			t.Errorf("LowerCamel(%q) = %q, want %q", goName, got, want)
		}
	}
}
