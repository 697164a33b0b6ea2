package config

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/suggest"
)

// A setting is all that a file says for one key.
type setting struct {
	line    int
	value   any
	members map[string]int // the lines of what a table holds
}

// apply gives the flags that nothing has given a value the values of the file.
func (f *Flags) apply(ctx *kong.Context) error {
	known := keys(ctx)
	settings, err := f.file.settings(known)
	if err != nil {
		return err
	}
	chosen := values(ctx)
	for _, key := range inOrder(settings) {
		to, s := known[key], settings[key]
		if i := slices.IndexFunc(chosen, func(v *kong.Value) bool { return v.Name == key }); i >= 0 {
			to = chosen[i]
		}
		if _, ok := f.origins[key]; ok {
			continue
		}
		if err := f.file.checkMembers(key, s, to); err != nil {
			return err
		}
		if err := set(to, s.value, filepath.Dir(f.file.name)); err != nil {
			return f.file.fault(s.line, "%s: %v", key, err)
		}
		f.origins[key] = origin{by: key, file: f.file.name, line: s.line, members: s.members}
	}
	return nil
}

// checkMembers checks what a table holds, so that an error names the line in it.
func (f *File) checkMembers(key string, s *setting, to *kong.Value) error {
	table, ok := s.value.(map[string]any)
	if !ok || !to.IsMap() {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if err := fit(to.Target.Type().Elem(), table[name]); err != nil {
			return f.fault(s.members[name], "%s %q: %v", key, name, err)
		}
	}
	return nil
}

// inOrder returns the keys as they stand in the file.
func inOrder(settings map[string]*setting) []string {
	return slices.SortedFunc(maps.Keys(settings), func(a, b string) int { return settings[a].line - settings[b].line })
}

// settings brings together what the file says for each key, of which each must be known.
func (f *File) settings(known map[string]*kong.Value) (map[string]*setting, error) {
	settings := map[string]*setting{}
	for _, e := range f.entries {
		key := e.key[0]
		if known[key] == nil {
			return nil, f.unknown(e, known)
		}
		if settings[key] == nil {
			settings[key] = &setting{line: e.line, members: map[string]int{}}
		}
		if err := settings[key].add(e); err != nil {
			return nil, f.fault(e.line, "%s: %v", key, err)
		}
	}
	return settings, nil
}

// add adds an entry. The members of a table are named by all of their key: sample.add is "sample.add".
func (s *setting) add(e entry) error {
	inner, isTable := e.value.(map[string]any)
	if !isTable && len(e.key) == 1 {
		s.value = e.value
		return nil
	}
	if s.value == nil {
		s.value = map[string]any{}
	}
	for _, key := range slices.Sorted(maps.Keys(inner)) {
		if err := s.add(entry{append(slices.Clone(e.key), key), e.line, inner[key]}); err != nil {
			return err
		}
	}
	if isTable {
		return nil
	}
	name := strings.Join(e.key[1:], ".")
	if line, ok := s.members[name]; ok {
		return fmt.Errorf("found %q again, as in line %d", name, line)
	}
	s.members[name] = e.line
	s.value.(map[string]any)[name] = e.value
	return nil
}

// unknown says that no flag is called like an entry.
func (f *File) unknown(e entry, known map[string]*kong.Value) error {
	meant := suggest.Meant(e.key[0], slices.Collect(maps.Keys(known)))
	if _, isTable := e.value.(map[string]any); isTable && meant == "" {
		return f.fault(e.line, "unknown table %q: the keys are the flags' names and stand above the first table (runrpc serve --help lists them)", e.key[0])
	}
	if meant == "" {
		meant = ": the keys are the flags' names (runrpc serve --help lists them)"
	}
	return f.fault(e.line, "unknown key %q%s", e.key[0], meant)
}
