package call

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/message"
)

// A batch is several requests that are sent as one message.
type batch struct {
	text []byte
	ids  []jsontext.Value // of its calls, in their order
}

// readBatch reads a request a line, or an array of them. A request that has "jsonrpc" is sent as it is. One without
// is completed, with an id too unless notify says that none is wanted.
func readBatch(name string, notify bool, open opener) (batch, error) {
	text, err := open.read(name)
	if err != nil {
		return batch{}, err
	}
	requests, err := items(text)
	if err != nil {
		return batch{}, fmt.Errorf("%s%w", called(name), err)
	}
	b := builder{notify: notify, where: map[string]string{}}
	for _, item := range requests {
		if err := b.note(item); err != nil {
			return batch{}, fmt.Errorf("%s%s: %w", called(name), item.at, err)
		}
	}
	if len(b.requests) == 0 {
		return batch{}, fmt.Errorf("%s: found no request, want one a line", called(name))
	}
	return b.batch(), nil
}

// An item is a request as it stands in a file.
type item struct {
	value jsontext.Value
	at    string // ":3", its line, or " 3", its number in an array
}

// items finds the requests.
func items(text []byte) ([]item, error) {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return arrayItems(text)
	}
	var found []item
	for i, line := range bytes.Split(text, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		at := ":" + strconv.Itoa(i+1)
		value, err := message.Parse(line)
		if err != nil {
			return nil, fmt.Errorf("%s: no JSON: %w", at, err)
		}
		found = append(found, item{value, at})
	}
	return found, nil
}

func arrayItems(text []byte) ([]item, error) {
	array, err := message.Parse(text)
	if err != nil {
		return nil, fmt.Errorf(": no JSON: %w", err)
	}
	values, err := message.Elements(array)
	if err != nil {
		return nil, err
	}
	found := make([]item, len(values))
	for i, value := range values {
		found[i] = item{value, fmt.Sprintf(", request %d", i+1)}
	}
	return found, nil
}

// A builder completes requests.
type builder struct {
	notify   bool
	requests []pending
	where    map[string]string // where each id of a file stands
}

// A pending request may still need an id.
type pending struct {
	message.Request
	call bool
	text jsontext.Value // what is sent; nil: the Request
}

func (b *builder) note(item item) error {
	members, err := message.Members(item.value)
	if err != nil {
		return err
	}
	method, ok := message.String(members["method"])
	if !ok {
		return fmt.Errorf("method: found %s, want a string", message.Kind(members["method"]))
	}
	id, stated := members["id"]
	if stated {
		if err := b.noteID(id, item.at); err != nil {
			return err
		}
	}
	p := pending{Request: message.Request{Method: method, Params: members["params"], ID: id}, call: stated}
	if _, complete := members["jsonrpc"]; complete {
		p.text = item.value
	} else {
		p.call = stated || !b.notify
		err = unknown(members)
	}
	b.requests = append(b.requests, p)
	return err
}

// noteID takes down the id of a request, which no other may have.
func (b *builder) noteID(id jsontext.Value, at string) error {
	if err := checkID(id); err != nil {
		return err
	}
	key := message.Canonical(id)
	if before, twice := b.where[key]; twice {
		return fmt.Errorf("the id %s is that of %s, too", id, strings.TrimLeft(before, ":, "))
	}
	b.where[key] = at
	return nil
}

// unknown refuses members that would be left out of a completed request.
func unknown(members map[string]jsontext.Value) error {
	for name := range members {
		if name != "method" && name != "params" && name != "id" {
			return fmt.Errorf("found a member %q, want method, params and id", name)
		}
	}
	return nil
}

// freeID returns the next id that no request has.
func (b *builder) freeID(next *int) jsontext.Value {
	for {
		id := jsontext.Value(strconv.Itoa(*next))
		*next++
		if b.where[message.Canonical(id)] == "" {
			return id
		}
	}
}

// batch composes the message.
func (b *builder) batch() batch {
	var done batch
	done.text = append(done.text, '[')
	next := 1
	for i, p := range b.requests {
		if p.call && p.ID == nil {
			p.ID = b.freeID(&next)
		}
		if p.call {
			done.ids = append(done.ids, p.ID)
		}
		if i > 0 {
			done.text = append(done.text, ',')
		}
		if p.text == nil {
			p.text = p.Text()
		}
		done.text = append(done.text, p.text...)
	}
	done.text = append(done.text, ']')
	return done
}

// checkID refuses what cannot be an id.
func checkID(id jsontext.Value) error {
	switch id.Kind() {
	case jsontext.KindString, jsontext.KindNumber, jsontext.KindNull:
		return nil
	}
	return errors.New("id: found " + message.Kind(id) + ", want a string, a number or null")
}

// answers are what came back for a batch.
type answers struct {
	responses []message.Response // in the order of the calls, then those that belong to none
	missing   []jsontext.Value   // the ids that have no answer
}

// sort finds the answer to each call.
func (b batch) sort(values []jsontext.Value) (answers, error) {
	place := make(map[string]int, len(b.ids))
	for i, id := range b.ids {
		place[message.Canonical(id)] = i
	}
	found := make([]message.Response, len(b.ids))
	var others []message.Response
	for _, value := range values {
		response, err := message.ReadResponse(value)
		if err != nil {
			return answers{}, fmt.Errorf("%w in %s", err, message.Short(value))
		}
		if i, ok := place[message.Canonical(response.ID)]; ok && found[i].Text == nil {
			found[i] = response
		} else {
			others = append(others, response)
		}
	}
	var a answers
	for i, response := range found {
		if response.Text == nil {
			a.missing = append(a.missing, b.ids[i])
		} else {
			a.responses = append(a.responses, response)
		}
	}
	a.responses = append(a.responses, others...)
	return a, nil
}
