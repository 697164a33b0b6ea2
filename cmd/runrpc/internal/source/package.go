package source

import (
	"go/token"
	"slices"
)

// A Package is one Go package to serve.
type Package struct {
	ImportPath string
	Name       string // "main" for a program
	Doc        string
	Dir        string
	Files      []string // absolute paths of its Go files
	// Namespace comes before the names of its functions; it is empty at the top.
	Namespace string
	// RPC says that it has a function RPC without parameters: if that returns a registry, the registry
	// is served instead of the functions.
	RPC bool
	// Generated is the file that RPC stands in, if runrpc gen wrote it.
	Generated string
	Functions []Function
	Service   *Service // nil: none
	Types     []Type   // what there is to say of the types that it declares
	Skipped   []Skip
}

// Count returns how many functions and methods there are to serve, a generated RPC among them.
func (p *Package) Count() int {
	n := len(p.Functions)
	if p.Generated != "" {
		n++
	}
	if p.Service != nil {
		n += len(p.Service.Methods)
	}
	return n
}

// All returns the functions and the methods of the service.
func (p *Package) All() []Function {
	if p.Service == nil {
		return p.Functions
	}
	return slices.Concat(p.Functions, p.Service.Methods)
}

// A Service is what a package's function New makes: a value whose methods are served.
type Service struct {
	Pos     token.Position // of New
	Context bool           // New takes a context
	Error   bool           // New returns an error too
	Methods []Function
}

// A Function is an exported function of a package, or a method of its service.
type Function struct {
	GoName     string
	Method     string // its wire name in the namespace
	Params     []Param
	Doc        string // without what it says of the parameters and the result
	Result     string // what the doc says of the result
	Deprecated string // why, "" if it is not
	Pos        token.Position
}

// A Param is a parameter in the widest sense: a context is one, too.
type Param struct {
	Name    string // "" and "_": none
	Doc     string
	Default string // in JSON; "" for none
	Extra   bool   // injected
}

// Named reports whether callers can use the name.
func (p Param) Named() bool { return p.Name != "" && p.Name != "_" }

// A Skip is something that is not served.
type Skip struct {
	Pos  token.Position // its Line is 0 where all of a file or directory is meant
	Name string
	Why  string
}

// String returns "file:line: Name: why".
func (s Skip) String() string {
	at := Short(s.Pos.Filename)
	if s.Pos.Line > 0 {
		at = Position(s.Pos)
	}
	if s.Name != "" {
		at += ": " + s.Name
	}
	return at + ": " + s.Why
}
