package result_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/bench/result"
)

func TestSaveAndLoad(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results")
	want := &result.Table{
		Suite: result.HTTP, Group: "tiny:64", Machine: result.ThisMachine(), Date: "2026-01-02", Time: "5s",
		Samples: []result.Sample{
			{Name: "ours", Round: 1, Values: map[string]float64{result.Rate: 1.5}},
			{Name: "other", Round: 2, Skip: "no batches"},
			{Name: "ours", Round: 2, X: 10},
		},
	}
	other := &result.Table{Suite: result.Growth, Group: "params"}
	for _, table := range []*result.Table{other, want, want} { // saved again, it replaces itself
		if err := table.Save(dir); err != nil {
			t.Fatal(err)
		}
	}
	tables, err := result.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, tables[result.HTTP]["tiny:64"]); diff != "" {
		t.Error(diff)
	}
	if len(tables[result.HTTP]) != 1 || len(tables[result.Growth]) != 1 {
		t.Errorf("found %v", tables)
	}
	if diff := cmp.Diff([]string{"ours", "other"}, want.Names()); diff != "" || want.Rounds() != 2 {
		t.Errorf("%d rounds of %s", want.Rounds(), diff)
	}
}

func TestLoadFaults(t *testing.T) {
	if tables, err := result.Load(filepath.Join(t.TempDir(), "none")); err != nil || len(tables[result.Inproc]) != 0 {
		t.Errorf("a folder that is not there: %v, %v", tables, err)
	}
	for _, tt := range []struct{ content, want string }{
		{`{"suite":"nope"}`, "unknown suite"},
		{`{`, "unexpected end"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x.json"), []byte(tt.content), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := result.Load(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.content, err, tt.want)
		}
	}
}
