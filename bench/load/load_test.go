package load

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/result"
	"github.com/runrpc/jsonrpc/bench/work"
)

func TestParseCase(t *testing.T) {
	for _, tt := range []struct {
		in, want string
	}{
		{"tiny:64", "tiny:64"},
		{"batch100:1", "batch100:1"},
		{"tiny", ""},
		{"tiny:0", ""},
		{"nope:1", ""},
		{"", ""},
	} {
		c, err := ParseCase(tt.in)
		if tt.want == "" {
			if err == nil {
				t.Errorf("ParseCase(%q) accepts it", tt.in)
			}
			continue
		}
		if err != nil || c.String() != tt.want {
			t.Errorf("ParseCase(%q) = %v, %v", tt.in, c, err)
		}
	}
}

func TestParseWrk(t *testing.T) {
	got, err := parseWrk("Running 5s test\nRESULT 1000 5.001000 2 110 900\n")
	if want := (counts{1000, 2, 5.001, 110, 900}); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := parseWrk("unable to connect"); err == nil {
		t.Error("no error without a result")
	}
}

func TestParseCPU(t *testing.T) {
	stat := "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 5 0 100"
	if got, err := parseCPU(stat); err != nil || got != 2 {
		t.Errorf("got %v, %v, want 2 seconds", got, err)
	}
	if _, err := parseCPU("42 (a) S"); err == nil {
		t.Error("no error for a short line")
	}
}

func TestValues(t *testing.T) {
	got := counts{requests: 1000, seconds: 2, errors: 1, p50: 3, p99: 4}.values(1.5)
	for unit, want := range map[string]float64{result.Rate: 500, result.CPU: 1500, result.Core: 0.75, result.Errors: 1} {
		if got[unit] != want {
			t.Errorf("%s = %v, want %v", unit, got[unit], want)
		}
	}
	if got := (counts{errors: 5}).values(1); got != nil {
		t.Errorf("without requests: %v", got)
	}
}

func TestProbe(t *testing.T) {
	tiny, _ := work.Find("tiny")
	for _, tt := range []struct {
		answer string
		status int
		want   string // part of the error
	}{
		{`{"jsonrpc":"2.0","result":19,"id":1}`, 200, ""},
		{`{"jsonrpc":"2.0","result":20,"id":1}`, 200, "result"},
		{`{"jsonrpc":"2.0","result":19,"id":1}`, 500, "status 500"},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tt.status)
			io.WriteString(w, tt.answer)
		}))
		s := &server{addr: strings.TrimPrefix(srv.URL, "http://")}
		err := s.probe(tiny, tiny.Body(nil))
		srv.Close()
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s with status %d: %v", tt.answer, tt.status, err)
		}
	}
}

func TestContendersHaveOurs(t *testing.T) {
	all, err := Contenders()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[contender.Kind]int{}
	for _, c := range all {
		kinds[c.Kind]++
	}
	if kinds[contender.Ours] == 0 || kinds[contender.Peer] == 0 || kinds[contender.Reference] != 3 {
		t.Errorf("found %v over HTTP", kinds)
	}
}
