package gen

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/toolkit"
)

// A writer writes the file.
type writer struct {
	*subject
	*names
	function string // that returns the registry
	jsonrpc  string // what the toolkit is called
	context  string
	service  string // the variable for what New makes
	body     bytes.Buffer
}

// render returns the text of the file.
func render(s *subject, bindings []binding, described []*types.Named, function string) ([]byte, error) {
	w := writer{subject: s, names: newNames(s), function: function}
	w.taken[function], w.taken[function+typesSuffix] = true, true
	w.jsonrpc = w.importAs(toolkit.Path, "jsonrpc")
	w.context = w.importAs("context", "context")
	w.service = w.free("service")
	w.registry(bindings)
	if described != nil {
		w.describe(described)
	}
	var file bytes.Buffer
	fmt.Fprintf(&file, "%s\n\npackage %s\n\n%s\n", source.Mark, s.Name, w.importBlock())
	fmt.Fprintf(&file, "// If this is not defined, the toolkit is too old for this file: go get %s@latest\n", toolkit.Path)
	fmt.Fprintf(&file, "const _ = %s.GeneratedV1\n\n", w.jsonrpc)
	file.Write(w.body.Bytes())
	return format.Source(file.Bytes())
}

// print adds text.
func (w *writer) print(text string, args ...any) { fmt.Fprintf(&w.body, text, args...) }

// registry writes the function.
func (w *writer) registry(bindings []binding) {
	methods := slices.ContainsFunc(bindings, func(b binding) bool { return b.method })
	w.print("// %s returns the exported functions of this package as procedures", w.function)
	if methods {
		w.print(", and the methods of what New\n// makes at the first call of one of them. Each registry has its own")
	}
	w.print(".\nfunc %s() %s.RPC {\n", w.function, w.jsonrpc)
	if methods {
		w.print("%s := %s.LazyObject(%s)\n", w.service, w.jsonrpc, w.factory())
	}
	w.print("return %s.RPC{\n", w.jsonrpc)
	for _, b := range bindings {
		w.procedure(b)
	}
	w.print("}\n}\n")
}

// factory returns New in the form that LazyObject takes.
func (w *writer) factory() string {
	if w.Service.Context && w.Service.Error {
		return "New"
	}
	ctx, call, end := "_", "New()", ", nil"
	if w.Service.Context {
		ctx, call = "ctx", "New(ctx)"
	}
	if w.Service.Error {
		end = ""
	}
	return fmt.Sprintf("func(%s %s.Context) (%s, error) { return %s%s }", ctx, w.context, w.typ(w.made()), call, end)
}

// procedure writes one entry of the registry.
func (w *writer) procedure(b binding) {
	maker := "Typed("
	if b.method {
		maker = "TypedMethod(" + w.service + ", "
	}
	w.print("%q: %s.%sfunc(", b.Method, w.jsonrpc, maker)
	if b.method {
		w.print("s %s, ", w.typ(w.made()))
	}
	w.print("%s %s.Context, ", nameIf(b.context || b.http, "ctx"), w.context)
	fields := fieldNames(b.params)
	w.params(b, fields)
	w.call(b, fields)
	w.print("})")
	if b.Doc != "" {
		w.print(".Doc(%s)", literal(b.Doc))
	}
	for _, p := range b.params {
		if p.Doc != "" && !p.Extra && !b.unnamed() {
			w.print(".\nParam(%q, %s)", p.Name, literal(p.Doc))
		}
	}
	if b.Result != "" {
		w.print(".\nReturns(%s)", literal(b.Result))
	}
	w.print(",\n")
}

// nameIf returns the name of a parameter, the blank one where it is not used.
func nameIf(used bool, name string) string {
	if used {
		return name
	}
	return "_"
}

// params writes the parameters, each a field of a struct.
func (w *writer) params(b binding, fields []string) {
	switch {
	case b.whole != nil:
		w.print("p %s", w.typ(b.whole))
		return
	case len(b.params) == 0:
		w.print("_ struct{}")
		return
	}
	w.print("p struct {\n")
	unnamed := b.unnamed()
	for i, p := range b.params {
		for line := range strings.Lines(w.about(p)) {
			w.print("// %s\n", strings.TrimSpace(line))
		}
		w.print("%s %s %s\n", fields[i], w.typ(p.typ), tag(p, unnamed && !p.Extra))
	}
	w.print("}")
}

// about returns the comment of a parameter: what the doc says, and the values that its type has.
func (w *writer) about(p param) string {
	text := p.Doc
	if values := w.values(p.typ); values != "" {
		text += "\nOne of " + values + "."
	}
	return strings.TrimSpace(text)
}

// values lists the constants of a type.
func (w *writer) values(t types.Type) string {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return strings.Join(w.typesOf(named.Obj().Pkg())[named.Obj().Name()].Enum(), ", ")
}

// typesOf returns what the source of a package says of its types.
func (s *subject) typesOf(pkg *types.Package) map[string]source.Type {
	known, ok := s.described[pkg]
	if !ok {
		known = s.deps.describe(pkg)
		s.described[pkg] = known
	}
	return known
}

// tag returns the tag of a parameter's field.
func tag(p param, unnamed bool) string {
	var options []string
	if unnamed {
		options = append(options, "unnamed")
	}
	if p.Extra {
		options = append(options, "extra")
	}
	if p.rest {
		options = append(options, "rest")
	}
	if p.Default != "" {
		options = append(options, "default="+p.Default)
	}
	var parts []string
	if !unnamed {
		parts = append(parts, "json:"+strconv.Quote(p.Name))
	}
	if options != nil {
		parts = append(parts, "rpc:"+strconv.Quote(strings.Join(options, ",")))
	}
	text := strings.Join(parts, " ")
	if strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

// call writes the results and the body.
func (w *writer) call(b binding, fields []string) {
	result := w.jsonrpc + ".None"
	if b.result != nil {
		result = w.typ(b.result)
	}
	call := w.expression(b, fields)
	if b.http {
		w.print(") (result %s, err error) {\nr, err := %s.RequireHTTP(ctx)\nif err != nil {\nreturn result, err\n}\n", result, w.jsonrpc)
	} else {
		w.print(") (%s, error) {\n", result)
	}
	switch {
	case b.result != nil && b.err:
		w.print("return %s\n", call)
	case b.result != nil:
		w.print("return %s, nil\n", call)
	case b.err:
		w.print("return %s{}, %s\n", result, call)
	default:
		w.print("%s\nreturn %s{}, nil\n", call, result)
	}
}

// expression returns the call of the function.
func (w *writer) expression(b binding, fields []string) string {
	var args []string
	if b.context {
		args = append(args, "ctx")
	}
	if b.http {
		args = append(args, "r")
	}
	if b.whole != nil {
		args = append(args, "p")
	} else {
		for i, field := range fields {
			dots := ""
			if b.params[i].rest {
				dots = "..."
			}
			args = append(args, "p."+field+dots)
		}
	}
	call := b.GoName + "(" + strings.Join(args, ", ") + ")"
	if b.method {
		return "s." + call
	}
	return call
}

// literal returns a text as a Go literal, a line of it a line.
func literal(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strconv.Quote(line))
	}
	return cmp.Or(strings.Join(lines, " +\n"), `""`)
}
