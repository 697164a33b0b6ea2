package settings

// A Folder is a directory whose files are served below a path of the URL.
type Folder struct {
	Path string // "/", "/docs"
	Dir  string // absolute; of the program's own files where Embedded
	// Embedded says that the files are compiled into the program.
	Embedded bool
}

// A Certificate is what a server speaks TLS with: two files in PEM form. Empty paths are none.
type Certificate struct {
	Cert string
	Key  string
}

// Given reports whether there is one.
func (c Certificate) Given() bool { return c.Cert != "" }
