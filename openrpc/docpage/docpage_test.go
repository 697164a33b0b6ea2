package docpage_test

import (
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/openrpc/docpage"
)

var contentTypes = map[string]string{
	"":          "text/html; charset=utf-8",
	"?page.css": "text/css; charset=utf-8",
	"?page.js":  "text/javascript; charset=utf-8",
	"?icon.svg": "image/svg+xml",
}

var handler = docpage.Handler()

// get asks for a URL.
func get(t *testing.T, method, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, resp *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestHandler asks for each part, at several paths and in each way.
func TestHandler(t *testing.T) {
	want := http.Header{
		"Accept-Ranges": {"bytes"},
		"Cache-Control": {"no-cache"},
		"Content-Security-Policy": {"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"},
		"Referrer-Policy":        {"no-referrer"},
		"X-Content-Type-Options": {"nosniff"},
	}
	for query, contentType := range contentTypes {
		for _, path := range []string{"/", "/rpc", "/rpc/", "/any/path.txt"} {
			resp := get(t, http.MethodGet, path+query)
			text, etag := body(t, resp), resp.Header.Get("Etag")
			head := get(t, http.MethodHead, path+query)
			if diff := cmp.Diff(resp.Header, head.Header); diff != "" || resp.StatusCode != 200 || head.StatusCode != 200 || body(t, head) != "" {
				t.Errorf("%s%s: GET %d, HEAD %d (-GET +HEAD):\n%s", path, query, resp.StatusCode, head.StatusCode, diff)
			}
			if resp.ContentLength != int64(len(text)) || len(text) < 100 || len(etag) != 18 || resp.Header.Get("Content-Type") != contentType {
				t.Errorf("%s%s: %d bytes, header %v", path, query, len(text), resp.Header)
			}
			for _, name := range []string{"Content-Length", "Content-Type", "Etag"} {
				resp.Header.Del(name)
			}
			if diff := cmp.Diff(want, resp.Header); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", path, query, diff)
			}
			if again := get(t, http.MethodGet, path+query, "If-None-Match", etag); again.StatusCode != http.StatusNotModified || body(t, again) != "" {
				t.Errorf("%s%s again: %d", path, query, again.StatusCode)
			}
		}
	}
	if got, want := body(t, get(t, http.MethodGet, "/?key=1")), body(t, get(t, http.MethodGet, "/")); got != want {
		t.Errorf("another query: %s", got)
	}
}

// sources returns the files that the page is made of, by their names.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := os.DirFS("page")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSize: what a browser loads is less than 100 kB, and so are the files, in units of 1024.
func TestSize(t *testing.T) {
	served, stored := 0, 0
	for query := range contentTypes {
		served += len(body(t, get(t, http.MethodGet, "/"+query)))
	}
	for _, text := range sources(t) {
		stored += len(text)
	}
	t.Logf("%d bytes are served, of files with %d", served, stored)
	if served >= 100_000 || stored >= 100<<10 {
		t.Errorf("%d bytes are served, of files with %d", served, stored)
	}
}

// TestReferences: what the page and the style name exists, on this server.
func TestReferences(t *testing.T) {
	page, style := body(t, get(t, http.MethodGet, "/")), body(t, get(t, http.MethodGet, "/?page.css"))
	found := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		switch address := match[1]; {
		case strings.HasPrefix(address, "#"), address == "?openrpc.json":
		case contentTypes[address] == "":
			t.Errorf("the page names %q", address)
		default:
			found[address] = true
		}
	}
	if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, []string{"?icon.svg", "?page.css", "?page.js"}) {
		t.Errorf("the page names %q", got)
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style names something")
	}
}

// TestScript: one module is made of all, each once, behind what it imports.
func TestScript(t *testing.T) {
	script := body(t, get(t, http.MethodGet, "/?page.js"))
	if line := regexp.MustCompile(`(?m)^(import \{|export ).*`).FindString(script); line != "" {
		t.Errorf("found %s", line)
	}
	declared := map[string]int{}
	for _, match := range regexp.MustCompile(`(?m)^(?:async )?(?:const|let|function\*?|class) (\w+)`).FindAllStringSubmatch(script, -1) {
		declared[match[1]]++
	}
	for name, n := range declared {
		if n != 1 {
			t.Errorf("%s is declared %d times", name, n)
		}
	}
	files := sources(t)
	for name, text := range files {
		if strings.HasSuffix(name, ".js") && strings.Count(script, lastLine(text)) == 0 {
			t.Errorf("%s is in no other module", name)
		}
		for _, match := range regexp.MustCompile(`(?m)^import \{ (.*) \} from '\./(.*)';$`).FindAllStringSubmatch(text, -1) {
			for imported := range strings.SplitSeq(match[1], ", ") {
				if !regexp.MustCompile(`(?m)^export (?:async )?(?:const|let|function\*?|class) ` + imported + `\b`).MatchString(files[match[2]]) {
					t.Errorf("%s imports %s, which %s does not export", name, imported, match[2])
				}
			}
		}
	}
}

// lastLine returns the last line of a text that is not a bracket alone.
func lastLine(text string) string {
	lines := strings.Split(text, "\n")
	i := len(lines) - 1
	for i > 0 && len(strings.TrimSpace(lines[i])) < 8 {
		i--
	}
	return strings.TrimPrefix(lines[i], "export ")
}

// TestMarkup: nothing makes elements of text, and nothing stands in the page that the policy
// would not let through.
func TestMarkup(t *testing.T) {
	sinks := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc|\beval\b|new Function|https?://[^\\]`)
	inline := regexp.MustCompile(`<script(?:>|[^>]*[^>"]>)|<style|\son\w+=|\sstyle=`)
	for name, text := range sources(t) {
		found := inline
		if strings.HasSuffix(name, ".js") {
			found = sinks
		}
		if match := found.FindString(text); match != "" && !strings.Contains(match, "www.w3.org") {
			t.Errorf("%s has %s", name, match)
		}
	}
}
