package toolkit_test

import (
	"testing"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/gotool"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

func TestVersionOf(t *testing.T) {
	tests := []struct {
		name string
		m    gotool.Module
		want string
	}{
		{"required", gotool.Module{Version: "v1.2.3"}, "v1.2.3"},
		{"the module itself", gotool.Module{Main: true}, "(devel)"},
		{"from the module cache", gotool.Module{Version: "v0.0.0", Replace: &gotool.Module{Path: "/go/pkg/mod/github.com/runrpc/jsonrpc@v1.2.3"}}, "v1.2.3"},
		{"another version", gotool.Module{Version: "v1.0.0", Replace: &gotool.Module{Path: "example.com/fork", Version: "v1.2.3"}}, "v1.2.3"},
		{"a checkout", gotool.Module{Version: "v0.0.0", Replace: &gotool.Module{Path: "/src/jsonrpc"}}, "(devel)"},
		{"vendored", gotool.Module{Version: "v1.2.3", Replace: &gotool.Module{Path: "/src/app/vendor/github.com/runrpc/jsonrpc"}}, "v1.2.3"},
	}
	for _, test := range tests {
		if got := toolkit.VersionOf(test.m); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
