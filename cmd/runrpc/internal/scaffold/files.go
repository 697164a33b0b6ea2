package scaffold

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed template
var template embed.FS

// What the template has instead of the project's own.
const (
	templateModule = "github.com/runrpc/jsonrpc/cmd/runrpc/internal/scaffold/template"
	templateName   = "yourservice"
)

// renamed are the files that go:embed or go would not take for part of this module under their own names.
var renamed = map[string]string{
	"dockerignore": ".dockerignore",
	"gitignore":    ".gitignore",
	"gomod":        "go.mod",
	"gosum":        "go.sum",
}

// files returns the project's files by their slash-separated names.
func (p project) files(require requirement) (map[string]string, error) {
	files := map[string]string{}
	fill := strings.NewReplacer(templateModule, p.module, templateName, p.name)
	err := fs.WalkDir(template, "template", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := template.ReadFile(path)
		if err != nil {
			return err
		}
		name := fill.Replace(strings.TrimPrefix(path, "template/"))
		if real, ok := renamed[name]; ok {
			name = real
		}
		files[name] = fill.Replace(string(text))
		return nil
	})
	if err != nil {
		return nil, err
	}
	files["go.mod"] = require.mod(files["go.mod"])
	files["go.sum"] = require.sum(files["go.sum"])
	return files, nil
}
