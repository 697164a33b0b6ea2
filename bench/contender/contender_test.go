package contender_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/runrpc/jsonrpc/bench/contender"
	"github.com/runrpc/jsonrpc/bench/work"
)

// start makes an instance that ends with the test.
func start(t *testing.T, c contender.Contender, s contender.Setup) contender.Instance {
	t.Helper()
	in, err := c.New(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(in.Stop)
	return in
}

// must tells whether a wrong answer is a fault of ours rather than a fact about a peer.
func must(c contender.Contender) bool { return c.Kind != contender.Peer }

func report(t *testing.T, c contender.Contender, workload string, err error) {
	t.Helper()
	switch {
	case err == nil:
	case must(c):
		t.Errorf("%s: %v", workload, err)
	default:
		t.Logf("%s is skipped: %v", workload, err)
	}
}

func TestAnswersInProcess(t *testing.T) {
	for _, c := range contender.All() {
		t.Run(c.Name, func(t *testing.T) {
			in := start(t, c, contender.Setup{})
			if in.Do == nil {
				t.Skip("HTTP alone")
			}
			for _, w := range work.All() {
				if c.Skip[w.Name] == "" {
					report(t, c, w.Name, w.Check(in.Do(w.Body(c.Wire))))
				}
			}
		})
	}
}

func TestAnswersOverHTTP(t *testing.T) {
	for _, c := range contender.All() {
		t.Run(c.Name, func(t *testing.T) {
			in := start(t, c, contender.Setup{HTTP: true})
			if in.HTTP == nil {
				t.Skip("no HTTP")
			}
			srv := httptest.NewServer(in.HTTP)
			defer srv.Close()
			for _, w := range work.All() {
				if c.Skip[w.Name] == "" {
					answer, status := post(t, srv.URL+"/"+w.Name, w.Body(c.Wire))
					report(t, c, w.Name, w.Check(answer))
					if must(c) && status != http.StatusOK {
						t.Errorf("%s: status %d", w.Name, status)
					}
				}
			}
		})
	}
}

func post(t *testing.T, url string, msg []byte) ([]byte, int) {
	t.Helper()
	resp, err := http.Post(url, "application/json", bytes.NewReader(msg))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, resp.StatusCode
}

func TestLargeRegistry(t *testing.T) {
	for _, c := range contender.All() {
		if c.NoRegistry {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			in := start(t, c, contender.Setup{Methods: 12})
			if in.Do == nil {
				t.Skip("HTTP alone")
			}
			w := work.Lookup(11)
			if err := w.Check(in.Do(w.Body(c.Wire))); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLargeBatch(t *testing.T) {
	w := work.Batch("batch2000", 2000)
	for _, c := range contender.All() {
		t.Run(c.Name, func(t *testing.T) {
			in := start(t, c, contender.Setup{Batch: 2000})
			if in.Do == nil || c.Skip["batch100"] != "" {
				t.Skip("no batches")
			}
			report(t, c, w.Name, w.Check(in.Do(w.Body(c.Wire))))
		})
	}
}

func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range contender.All() {
		if seen[c.Name] {
			t.Errorf("two contenders are named %q", c.Name)
		}
		seen[c.Name] = true
		if found, ok := contender.Find(c.Name); !ok || found.Via != c.Via {
			t.Errorf("Find(%q) does not find it", c.Name)
		}
	}
}
