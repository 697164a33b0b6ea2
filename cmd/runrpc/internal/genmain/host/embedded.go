package main

import (
	"embed"
	"io/fs"
)

// embedded returns the files that are compiled into the program. Where there are some, this file is
// another.
func embedded() fs.FS { return embed.FS{} }
