package openrpc

import (
	"bytes"
	"cmp"
	"context"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
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

// adopt adds a document of a namespace's members: the namespace stands before the names of its
// methods, tags and schemas. A method that there is already stays what it is.
func (b *builder) adopt(text stdjson.RawMessage, namespace string) error {
	if text == nil {
		return errors.New("there is none")
	}
	prefix := b.prefix(namespace)
	moved, err := moveReferences(text, prefix)
	if err != nil {
		return err
	}
	doc, err := Parse(moved)
	if err != nil {
		return err
	}
	for _, m := range doc.Methods {
		if !strings.HasPrefix(m.Name, "rpc.") {
			b.Methods = append(b.Methods, m.under(namespace, b.sep))
		}
	}
	slices.SortStableFunc(b.Methods, func(a, b Method) int { return cmp.Compare(a.Name, b.Name) })
	b.Methods = slices.CompactFunc(b.Methods, func(a, b Method) bool { return a.Name == b.Name })
	if doc.Components != nil {
		for name, s := range doc.Components.Schemas {
			b.Components.Schemas[prefix+name] = s
		}
	}
	for _, name := range doc.Incomplete {
		b.Incomplete = append(b.Incomplete, namespace+b.sep+name)
	}
	return nil
}

// prefix returns what stands before the schemas of a namespace, and before no others.
func (b *builder) prefix(namespace string) string {
	prefix := legal(namespace) + "."
	for n := 2; ; n++ {
		taken := false
		for name := range b.Components.Schemas {
			taken = taken || strings.HasPrefix(name, prefix)
		}
		if !taken {
			return prefix
		}
		prefix = fmt.Sprintf("%s_%d.", legal(namespace), n)
	}
}

// under returns a method as it is in a namespace.
func (m Method) under(namespace, sep string) Method {
	m.Name = namespace + sep + m.Name
	for i := range m.Tags {
		m.Tags[i].Name = namespace + sep + m.Tags[i].Name
	}
	if m.Tags == nil {
		m.Tags = []Tag{{Name: namespace}}
	}
	return m
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
