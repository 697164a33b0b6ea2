package diff

// Weight is what a change means to those who use the API.
type Weight string

// The weights.
const (
	Breaking   Weight = "breaking"
	Compatible Weight = "compatible"
	Note       Weight = "note" // docs, deprecations and the like
)

// Who is broken by a change.
const (
	Callers = "callers" // who send params
	Readers = "readers" // who read results and errors
)

// A Change is one difference between two documents.
type Change struct {
	Weight Weight `json:"weight"`
	Method string `json:"method,omitzero"` // "" for what is about the whole document
	Path   string `json:"path,omitzero"`   // in the method: /params/pet/tags/*, /result, /errors/-32001
	What   string `json:"what"`            // what has happened: "removed", "became required"
	Was    string `json:"was,omitzero"`
	Is     string `json:"is,omitzero"`
	Breaks string `json:"breaks,omitzero"` // Callers or Readers
	Why    string `json:"why,omitzero"`    // why they are broken
}

// A Report is all that is different.
type Report struct {
	Breaking   []Change `json:"breaking"`
	Compatible []Change `json:"compatible"`
	Notes      []Change `json:"notes"`
}

func (r *Report) add(changes ...Change) {
	for _, c := range changes {
		switch c.Weight {
		case Breaking:
			r.Breaking = append(r.Breaking, c)
		case Compatible:
			r.Compatible = append(r.Compatible, c)
		case Note:
			r.Notes = append(r.Notes, c)
		}
	}
}

// Empty tells whether nothing is different.
func (r *Report) Empty() bool { return len(r.Breaking)+len(r.Compatible)+len(r.Notes) == 0 }
