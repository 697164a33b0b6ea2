// Package terminal is what runrpc and the programs that it builds know of terminals.
package terminal

import (
	"os"
	"runtime"
)

// Is reports whether a file is a terminal, as far as can be told on any system.
func Is(file *os.File) bool {
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// Colour reports whether colours are wanted on a file. NO_COLOR forbids them and FORCE_COLOR or
// CLICOLOR_FORCE asks for them, where they are not empty; the latter not if it is 0.
func Colour(file *os.File) bool {
	force := os.Getenv("CLICOLOR_FORCE")
	switch {
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "" || force != "" && force != "0":
		return true
	case os.Getenv("TERM") == "dumb", runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == "":
		return false
	}
	return Is(file)
}

// A Paint colours text, or leaves it as it is if it is false.
type Paint bool

// Bold makes text stand out.
func (p Paint) Bold(text string) string { return p.with("1", text) }

// Dim takes text back.
func (p Paint) Dim(text string) string { return p.with("2", text) }

// Red is for what has failed.
func (p Paint) Red(text string) string { return p.with("31", text) }

// Green is for what is well again.
func (p Paint) Green(text string) string { return p.with("32", text) }

// Yellow is for what deserves a look.
func (p Paint) Yellow(text string) string { return p.with("33", text) }

// Cyan is for names and addresses.
func (p Paint) Cyan(text string) string { return p.with("36", text) }

func (p Paint) with(code, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
