package check

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// overHTTP posts each message over a connection of its own.
type overHTTP struct {
	endpoint *remote.Endpoint
	types    map[string]int // how many answers have each media type
	statuses map[int]int    // how many answers with a body have each status
	silences map[int]int    // and of those without
}

func newHTTP(endpoint *remote.Endpoint) *overHTTP {
	endpoint.Single()
	return &overHTTP{endpoint, map[string]int{}, map[int]int{}, map[int]int{}}
}

// Exchange implements Transport.
func (h *overHTTP) Exchange(ctx context.Context, text []byte) (Reply, error) {
	answer, err := h.patiently(ctx, text)
	if err != nil {
		return Reply{}, shortened(err, h.endpoint)
	}
	if len(bytes.TrimSpace(answer.Text)) == 0 {
		h.silences[answer.HTTP.StatusCode]++
		return Reply{}, nil
	}
	h.statuses[answer.HTTP.StatusCode]++
	h.types[message.Short(answer.HTTP.Header.Get("Content-Type"))]++
	return Reply{answer.Text, answer.Instead()}, nil
}

// patiently tries again, where the server says that these are too many requests at a time.
func (h *overHTTP) patiently(ctx context.Context, text []byte) (*remote.Answer, error) {
	const tries, longest = 3, 5 * time.Second
	for try := 1; ; try++ {
		answer, err := h.post(ctx, text)
		if err != nil || answer.HTTP.StatusCode != http.StatusTooManyRequests || try == tries {
			return answer, err
		}
		wait := time.Second
		if seconds, err := strconv.Atoi(answer.HTTP.Header.Get("Retry-After")); err == nil && seconds >= 0 {
			wait = time.Duration(seconds) * time.Second
		}
		select {
		case <-time.After(min(wait, longest)):
		case <-ctx.Done():
			return answer, nil
		}
	}
}

func (h *overHTTP) post(ctx context.Context, text []byte) (*remote.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, h.endpoint.Timeout)
	defer cancel()
	return h.endpoint.Post(ctx, text)
}

// shortened leaves out the address, which is the same for all.
func shortened(err error, endpoint *remote.Endpoint) error {
	text := strings.TrimPrefix(err.Error(), endpoint.URL.Redacted()+": ")
	text = strings.ReplaceAll(text, ": --timeout allows more", "")
	return fmt.Errorf("%s", text)
}

// Notes implements Transport.
func (h *overHTTP) Notes() []string {
	var notes, others []string
	for _, name := range slices.Sorted(maps.Keys(h.types)) {
		media, _, _ := mime.ParseMediaType(name)
		if media != "application/json" && media != "application/json-rpc" && media != "application/jsonrequest" {
			others = append(others, cmp.Or(name, "none"))
		}
	}
	if others != nil {
		notes = append(notes, "HTTP: answers have the media type "+strings.Join(others, ", ")+", where application/json is usual")
	}
	if list := counted(h.statuses); list != "200" && list != "" {
		notes = append(notes, "HTTP: answers have the status "+list)
	}
	if list := counted(h.silences); list != "" {
		notes = append(notes, "HTTP: where nothing is answered the status is "+list)
	}
	return notes
}

func counted(statuses map[int]int) string {
	names := make([]string, 0, len(statuses))
	for _, status := range slices.Sorted(maps.Keys(statuses)) {
		names = append(names, strconv.Itoa(status))
	}
	return strings.Join(names, ", ")
}
