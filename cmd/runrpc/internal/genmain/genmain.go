// Package genmain writes the program that serves the user's packages: the files in host, a methods.go made
// from what the packages' source says, and a settings.json.
package genmain

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"strings"
	"text/template"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// host is the program. Of its files methods.go and settings.json stand for what is written here, and the
// tests stay behind.
//
//go:embed host/*.go host/*/*.go
var host embed.FS

// hostPath is the import path of host, and with it of the packages below.
const hostPath = "github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host"

// A Target is where the program is written: a Workspace.
type Target interface {
	WriteMain(name string, text []byte) error
	AddModule(dir, path string, files map[string][]byte) error
	Overlay(path string, text []byte) error
	Hide(path string)
	Has(pkg string) bool // the program can import a package of the toolkit
}

// A Reference gives a function another name.
type Reference struct {
	Name      string
	Namespace string   // of the function's package
	Members   []string // what it may be called there
	At        string   // where somebody asks for it
}

// Write writes the program for pkgs and references to them, with the settings that are compiled into it.
func Write(to Target, pkgs []source.Package, references []Reference, s settings.Settings) error {
	if err := writeHost(to); err != nil {
		return err
	}
	if err := overlayPrograms(to, pkgs); err != nil {
		return err
	}
	var err error
	if s.Folders, err = embedFolders(to, s.Folders); err != nil {
		return err
	}
	var bridges bridges
	text, err := methods(page{Separator: s.Separator, References: references, Types: typesOf(pkgs)}, pkgs, &bridges)
	if err != nil {
		return err
	}
	compiled, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return errors.Join(
		to.WriteMain("methods.go", text),
		to.WriteMain("settings.json", compiled),
		bridges.write(to),
	)
}

// writeHost writes what is the same for everyone. The packages below host become packages of the program's
// module.
func writeHost(to Target) error {
	return fs.WalkDir(host, "host", func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimPrefix(path, "host/")
		if err != nil || d.IsDir() || name == "methods.go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := host.ReadFile(path)
		if err != nil {
			return err
		}
		if name == "discover.go" && !to.Has("openrpc") {
			text = []byte(undescribed)
		}
		return to.WriteMain(name, bytes.ReplaceAll(text, []byte(`"`+hostPath+`/`), []byte(`"`+workspace.MainModule+`/`)))
	})
}

// undescribed stands for discover.go where there is no package openrpc.
const undescribed = `package main

import (
	"net/http"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

func discoverable(jsonrpc.RPC, settings.Settings) func(*jsonrpc.Application) http.Handler { return nil }
`

// page is what the template of methods.go shows.
type page struct {
	Title      string
	About      string
	Separator  string
	Packages   []served
	References []Reference
	Types      []described
}

// served is a package with how the program imports it.
type served struct {
	source.Package
	Alias  string // unlike all of host's names it ends in a digit
	Path   string // its own import path, or that of a bridge to it
	prefix string // of its functions' names there
}

// Ref returns the expression for a function.
func (s served) Ref(goName string) string { return s.Alias + "." + s.prefix + goName }

// New returns the expression for New in the form that the program's function service takes.
func (s served) New() string {
	ref := s.Ref("New")
	switch {
	case s.Service.Context && s.Service.Error:
		return ref
	case s.Service.Context:
		return "withoutError(" + ref + ")"
	case s.Service.Error:
		return "withoutContext(" + ref + ")"
	}
	return "withoutBoth(" + ref + ")"
}

// GeneratedFile returns the file that runrpc gen wrote, as users know it.
func (s served) GeneratedFile() string { return source.Short(s.Generated) }

// All returns the functions and the methods of the service.
func (s served) All() []entry {
	var all []entry
	for _, f := range s.Functions {
		all = append(all, entry{f, false})
	}
	if s.Service != nil {
		for _, f := range s.Service.Methods {
			all = append(all, entry{f, true})
		}
	}
	return all
}

// An entry is a function with what the template needs to know of it.
type entry struct {
	source.Function
	OfService bool
}

// At returns where a function stands.
func (s served) At(f entry) string { return source.Position(f.Pos) + ": " + f.GoName }

// Method returns the full name of a function's method.
func (p page) Method(s served, f entry) string {
	if s.Namespace == "" {
		return f.Method
	}
	return s.Namespace + p.Separator + f.Method
}

// methods writes methods.go: data with pkgs.
func methods(data page, pkgs []source.Package, bridges *bridges) ([]byte, error) {
	for _, pkg := range pkgs {
		if pkg.Count() == 0 {
			continue
		}
		s := served{Package: pkg, Alias: fmt.Sprintf("%s%d", pkg.Name, len(data.Packages)+1)}
		s.Path, s.prefix = bridges.reach(pkg, len(data.Packages)+1)
		data.Packages = append(data.Packages, s)
	}
	data.Title, data.About = title(data.Packages), about(data.Packages)
	var text bytes.Buffer
	if err := methodsTemplate().Execute(&text, data); err != nil {
		return nil, err
	}
	return format.Source(text.Bytes())
}

func methodsTemplate() *template.Template {
	return template.Must(template.New("methods.go").Parse(`// Code generated by runrpc. DO NOT EDIT.

package main

import (
{{- range .Packages}}
	{{.Alias}} {{printf "%q" .Path}}
{{- end}}
)

const (
	title     = {{printf "%q" .Title}}
	about     = {{printf "%q" .About}}
	separator = {{printf "%q" .Separator}}
)

func references() []reference {
	return []reference{
{{- range .References}}
		{name: {{printf "%q" .Name}}, namespace: {{printf "%q" .Namespace}}, members: {{printf "%#v" .Members}}, at: {{printf "%q" .At}}},
{{- end}}
	}
}

func sources() []source {
	return []source{
{{- range $pkg := .Packages}}
		{
			path:      {{printf "%q" .ImportPath}},
			namespace: {{printf "%q" .Namespace}},
{{- if .RPC}}
			rpc: {{.Ref "RPC"}},
{{- end}}
{{- if .Generated}}
			generated: {{printf "%q" $pkg.GeneratedFile}},
{{- end}}
{{- if .Service}}
			new: {{.Ref "New"}},
			service: service({{printf "%q" .ImportPath}}, {{.New}}),
{{- end}}
			functions: []function{
{{- range .All}}
				{
					name: {{printf "%q" ($.Method $pkg .)}},
					at: {{printf "%q" ($pkg.At .)}},
{{- if .OfService}}
					method: {{printf "%q" .GoName}},
{{- else}}
					fn: {{$pkg.Ref .GoName}},
{{- end}}
{{- if .Params}}
					params: []param{
{{- range .Params}}
						{name: {{printf "%q" .Name}}{{if .Default}}, def: {{printf "%q" .Default}}{{end}}{{if .Doc}}, doc: {{printf "%q" .Doc}}{{end}}},
{{- end}}
					},
{{- end}}
{{- if .Doc}}
					doc: {{printf "%q" .Doc}},
{{- end}}
{{- if .Result}}
					result: {{printf "%q" .Result}},
{{- end}}
				},
{{- end}}
			},
		},
{{- end}}
	}
}

func types() []typeDoc {
	return []typeDoc{
{{- range .Types}}
		{
			path: {{printf "%q" .Path}},
			name: {{printf "%q" .Name}},
{{- with .About}}
			doc: {{printf "%q" .}},
{{- end}}
{{- if .Fields}}
			fields: map[string]string{
{{- range $name, $doc := .Fields}}
				{{printf "%q" $name}}: {{printf "%q" $doc}},
{{- end}}
			},
{{- end}}
{{- with .Enum}}
			enum: {{printf "%#v" .}},
{{- end}}
		},
{{- end}}
	}
}
`))
}
