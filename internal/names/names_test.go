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

func TestServable(t *testing.T) {
	tests := map[string]bool{
		"Charge": true, "Stringify": true, "ID": true, "Été": true, "Closed": true,
		"charge": false, "_": false, "日本": false,
		"Close": false, "Shutdown": false, "String": false, "Error": false, "Lock": false, "Unlock": false,
		"MarshalJSON": false, "UnmarshalText": false, "ServeHTTP": false, "Serve": false,
	}
	for name, want := range tests {
		if got := names.Servable(name); got != want {
			t.Errorf("Servable(%q) = %t, want %t", name, got, want)
		}
	}
}
