package openrpc

import (
	stdjson "encoding/json"

	"github.com/go-json-experiment/json"
)

// Version is the version of the OpenRPC specification that documents are written in.
const Version = "1.4.1"

// Document is an OpenRPC document. One that a Procedure of Discover returned is shared: to change
// it, change a copy.
type Document struct {
	OpenRPC      string        `json:"openrpc"`
	Info         Info          `json:"info"`
	Servers      []Server      `json:"servers,omitempty"`
	Methods      []Method      `json:"methods"`
	Components   *Components   `json:"components,omitzero"`
	ExternalDocs *ExternalDocs `json:"externalDocs,omitzero"`

	// Incomplete are the names of methods and namespaces of which nothing can be told yet:
	// lazy entries that are not made, and other servers that do not describe themselves.
	Incomplete []string `json:"x-incomplete,omitempty"`

	rendering *rendering // nil: not kept
}

// Info is about the API as a whole. Title and Version are required.
type Info struct {
	Title          string   `json:"title"`
	Version        string   `json:"version"` // of the API
	Description    string   `json:"description,omitzero"`
	TermsOfService string   `json:"termsOfService,omitzero"` // a URL
	Contact        *Contact `json:"contact,omitzero"`
	License        *License `json:"license,omitzero"`
}

// Contact is who to ask.
type Contact struct {
	Name  string `json:"name,omitzero"`
	Email string `json:"email,omitzero"`
	URL   string `json:"url,omitzero"`
}

// License is the API's license.
type License struct {
	Name string `json:"name,omitzero"`
	URL  string `json:"url,omitzero"`
}

// Server is where the API can be called.
type Server struct {
	Name        string                    `json:"name,omitzero"`
	URL         string                    `json:"url"` // may be relative to where the document was found
	Summary     string                    `json:"summary,omitzero"`
	Description string                    `json:"description,omitzero"`
	Variables   map[string]ServerVariable `json:"variables,omitempty"` // in the URL
}

// ServerVariable stands in a server's URL as ${name}.
type ServerVariable struct {
	Default     string   `json:"default"`
	Description string   `json:"description,omitzero"`
	Enum        []string `json:"enum,omitempty"`
}

// ExternalDocs is a page about something.
type ExternalDocs struct {
	URL         string `json:"url"`
	Description string `json:"description,omitzero"`
}

// Method is one method.
type Method struct {
	Name           string              `json:"name"`
	Tags           []Tag               `json:"tags,omitempty"`
	Summary        string              `json:"summary,omitzero"`
	Description    string              `json:"description,omitzero"`
	Deprecated     bool                `json:"deprecated,omitzero"`
	ParamStructure string              `json:"paramStructure,omitzero"` // ByName, ByPosition or Either, which it is where it is ""
	Params         []ContentDescriptor `json:"params"`
	Result         *ContentDescriptor  `json:"result,omitzero"`
	Errors         []Error             `json:"errors,omitempty"`
	Examples       []ExamplePairing    `json:"examples,omitempty"`
	Servers        []Server            `json:"servers,omitempty"`
	Links          stdjson.RawMessage  `json:"links,omitzero"`
	ExternalDocs   *ExternalDocs       `json:"externalDocs,omitzero"`

	Raw bool `json:"x-raw,omitzero"` // it reads its params itself: what they are is not known
}

// What the params of a Method are.
const (
	ByName     = "by-name"     // an object
	ByPosition = "by-position" // an array
	Either     = "either"
)

// ContentDescriptor is one parameter, or the result.
type ContentDescriptor struct {
	Ref         string  `json:"$ref,omitzero"` // Parse leaves none
	Name        string  `json:"name,omitzero"`
	Summary     string  `json:"summary,omitzero"`
	Description string  `json:"description,omitzero"`
	Required    bool    `json:"required,omitzero"`
	Deprecated  bool    `json:"deprecated,omitzero"`
	Schema      *Schema `json:"schema,omitzero"`

	Variadic bool `json:"x-variadic,omitzero"` // the last parameter: any number of values in its place, each of which has the schema
	Keywords bool `json:"x-keywords,omitzero"` // the only parameter: its members may also be the members of params
}

// Tag groups methods.
type Tag struct {
	Ref          string        `json:"$ref,omitzero"` // Parse leaves none
	Name         string        `json:"name,omitzero"`
	Description  string        `json:"description,omitzero"`
	ExternalDocs *ExternalDocs `json:"externalDocs,omitzero"`
}

// Error is an error that a method answers with.
type Error struct {
	Ref     string             `json:"$ref,omitzero"` // Parse leaves none
	Code    int                `json:"code"`
	Message string             `json:"message"`
	Data    stdjson.RawMessage `json:"data,omitzero"`
}

// ExamplePairing is an example of a call. It is one of a notification where it has no result.
type ExamplePairing struct {
	Ref         string    `json:"$ref,omitzero"` // Parse leaves none
	Name        string    `json:"name,omitzero"`
	Description string    `json:"description,omitzero"`
	Params      []Example `json:"params"`
	Result      *Example  `json:"result,omitzero"`
}

// Example is a value of a parameter or a result, by its name.
type Example struct {
	Ref         string             `json:"$ref,omitzero"` // Parse leaves none
	Name        string             `json:"name,omitzero"`
	Summary     string             `json:"summary,omitzero"`
	Description string             `json:"description,omitzero"`
	Value       stdjson.RawMessage `json:"value,omitzero"`
}

// Components are what references lead to. Parse leaves only Schemas.
type Components struct {
	Schemas            map[string]*Schema           `json:"schemas,omitempty"`
	ContentDescriptors map[string]ContentDescriptor `json:"contentDescriptors,omitempty"`
	Tags               map[string]Tag               `json:"tags,omitempty"`
	Errors             map[string]Error             `json:"errors,omitempty"`
	ExamplePairings    map[string]ExamplePairing    `json:"examplePairings,omitempty"`
	Examples           map[string]Example           `json:"examples,omitempty"`
	Links              stdjson.RawMessage           `json:"links,omitzero"`
}

// plainDocument is a Document without its own way to be written.
type plainDocument Document

// MarshalJSON returns the document's JSON.
func (d *Document) MarshalJSON() ([]byte, error) {
	if r := d.rendering; r != nil && r.of == d {
		return r.document()
	}
	return json.Marshal((*plainDocument)(d), options)
}
