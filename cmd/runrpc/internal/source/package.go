package source

import "go/token"

// A Package is one Go package to serve.
type Package struct {
	ImportPath string
	Name       string // "main" for a program
	Dir        string
	Files      []string // absolute paths of its Go files
	// Namespace comes before the names of its functions; it is empty at the top.
	Namespace string
	// RPC says that it has a function RPC without parameters: if that returns a registry, the registry
	// is served instead of the functions.
	RPC       bool
	Functions []Function
	Skipped   []Skip
}

// A Function is an exported function of a package.
type Function struct {
	GoName   string
	Method   string   // its wire name in the namespace
	Params   []string // all of them; "" and "_" for those without a name
	Defaults []Default
	Doc      string
	Pos      token.Position
}

// A Default is the value that a directive gives a parameter.
type Default struct {
	Param string
	JSON  string
}

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
