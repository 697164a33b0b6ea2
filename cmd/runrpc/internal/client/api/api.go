// Package api is what a client is made of, whatever its language: the namespaces, methods, types and errors of an
// OpenRPC document, with names for what has none there.
package api

import (
	"github.com/go-json-experiment/json/jsontext"
)

// An API is all that a document describes.
type API struct {
	Title, Version string
	Doc            Doc
	Servers        []string
	Root           *Namespace
	Types          []*Named // by name
	Errors         []*Error // by code, the largest first
}

// A Namespace holds the methods whose names have a beginning in common. The root has all others.
type Namespace struct {
	Path     string // pets.toys
	Name     string // toys
	Type     string // PetsToys, a type's name that is not taken
	Doc      Doc
	Methods  []*Method
	Children []*Namespace
}

// A Method is one method.
type Method struct {
	Wire       string // pets.get
	Name       string // get
	Doc        Doc
	Params     *Object // nil: it takes none
	ParamsType *Named  // of which Params is the object
	Positional bool    // params are sent by position
	Variadic   bool    // the last param is a list, whose elements are sent each for itself
	Raw        bool    // what its params are is not known
	Result     *Type   // nil: it is for notifications alone
	ResultDoc  string
	Errors     []*Error
}

// An Error is an error that methods declare.
type Error struct {
	Name    string
	Code    int
	Message string
}

// Doc is what the document says about something.
type Doc struct {
	Text       string
	Deprecated bool
}

// A Kind is what values of a type have in common.
type Kind int

// The kinds.
const (
	Any Kind = iota
	Never
	Null
	Boolean
	Integer
	Number
	String
	Literal   // one of Values
	Array     // of Elem
	Tuple     // of Parts, and then of Elem if there is one
	Map       // of names to Elem
	Union     // one of Parts
	Reference // to Named
)

// A Type is what values may be.
type Type struct {
	Kind     Kind
	Nullable bool             // null is one, too
	Format   string           // of a String or a number; "base64" for bytes
	Big      bool             // an Integer that may be beyond 2^53
	Unsigned bool             // an Integer that may be beyond 2^63 and is not negative
	Values   []jsontext.Value // of a Literal: strings, numbers, booleans
	Elem     *Type
	Parts    []*Type
	Least    int // how many Parts of a Tuple there are at least: all, where it is not said
	Named    *Named

	object *Object // while it is built
}

// A Named type has a name.
type Named struct {
	Name   string
	Doc    Doc
	Object *Object // nil: it is a name for Type
	Type   *Type
}

// An Object has fields.
type Object struct {
	Fields     []*Field
	Additional *Type // what members without a field may be; nil: it is not said that there are any
}

// A Field is a member of an object, or a param.
type Field struct {
	Wire     string
	Type     *Type
	Required bool
	Doc      Doc
	Default  jsontext.Value // nil: none
}
