package openrpc

import (
	"bytes"
	"cmp"
	"context"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/runrpc/jsonrpc"
)

// describeTimeout is how long other servers may take to describe themselves.
const describeTimeout = 5 * time.Second

// maxForeign is how large the description of another server may be.
const maxForeign = 10 << 20

// askRemotes asks the Describers of methods, all at once. Those that fail, or do not answer in
// time, are left out.
func askRemotes(ctx context.Context, methods []jsonrpc.MethodInfo) map[string]stdjson.RawMessage {
	if len(methods) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, describeTimeout)
	defer cancel()
	var mu sync.Mutex
	var wg sync.WaitGroup
	answers := map[string]stdjson.RawMessage{}
	for _, m := range methods {
		wg.Go(func() {
			if text, err := askRemote(ctx, m.Describer); err == nil && len(text) <= maxForeign {
				mu.Lock()
				defer mu.Unlock()
				answers[m.Name] = text
			}
		})
	}
	wg.Wait()
	return answers
}

func askRemote(ctx context.Context, d jsonrpc.Describer) (text stdjson.RawMessage, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return d.Describe(ctx)
}

// adopt makes the document of a namespace's members one of the registry around: the namespace
// stands before the names of methods, tags and schemas.
func adopt(text stdjson.RawMessage, namespace, sep string) (*Document, error) {
	if text == nil {
		return nil, errors.New("there is none")
	}
	prefix := legal(namespace) + "."
	moved, err := moveReferences(text, prefix)
	if err != nil {
		return nil, err
	}
	doc, err := Parse(moved)
	if err != nil {
		return nil, err
	}
	doc.Methods = slices.DeleteFunc(doc.Methods, func(m Method) bool { return strings.HasPrefix(m.Name, "rpc.") })
	for i := range doc.Methods {
		m := &doc.Methods[i]
		m.Name = namespace + sep + m.Name
		for n := range m.Tags {
			m.Tags[n].Name = namespace + sep + m.Tags[n].Name
		}
		if m.Tags == nil {
			m.Tags = []Tag{{Name: namespace}}
		}
	}
	for i, name := range doc.Incomplete {
		doc.Incomplete[i] = namespace + sep + name
	}
	schemas := map[string]*Schema{}
	if doc.Components != nil {
		for name, s := range doc.Components.Schemas {
			schemas[prefix+name] = s
		}
	}
	doc.Components = &Components{Schemas: schemas}
	return doc, nil
}

// moveReferences puts prefix before the names of the schemas that are referred to.
func moveReferences(text []byte, prefix string) ([]byte, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(text))
	var out bytes.Buffer
	enc := jsontext.NewEncoder(&out)
	reference := false
	for {
		tok, err := dec.ReadToken()
		if err == io.EOF {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		if name, schema := strings.CutPrefix(tokenString(tok), schemasPath); reference && schema {
			tok = jsontext.String(schemasPath + prefix + name)
		}
		kind, length := dec.StackIndex(dec.StackDepth())
		reference = kind == '{' && length%2 == 1 && tokenString(tok) == "$ref"
		if err := enc.WriteToken(tok); err != nil {
			return nil, err
		}
	}
}

// tokenString returns the text of a string, "" for any other token.
func tokenString(tok jsontext.Token) string {
	if tok.Kind() == '"' {
		return tok.String()
	}
	return ""
}

// merge adds a document that was adopted. A name that there is already stays what it is.
func (b *builder) merge(doc *Document) {
	b.Methods = append(b.Methods, doc.Methods...)
	slices.SortStableFunc(b.Methods, func(a, b Method) int { return cmp.Compare(a.Name, b.Name) })
	b.Methods = slices.CompactFunc(b.Methods, func(a, b Method) bool { return a.Name == b.Name })
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
		if b.Components.Schemas == nil {
			b.Components.Schemas = map[string]*Schema{}
		}
		if b.Components.Schemas[name] == nil {
			b.Components.Schemas[name] = doc.Components.Schemas[name]
		}
	}
	b.Incomplete = append(b.Incomplete, doc.Incomplete...)
}
