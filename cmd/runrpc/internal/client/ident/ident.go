// Package ident makes identifiers of the names in a document, which may be any text.
package ident

import (
	"strconv"
	"strings"
	"unicode"
)

// letters are those that Go, TypeScript and Python all take in an identifier, whatever their version of Unicode, and
// that stay as they are under NFKC, which Python applies: no two names become one.
var letters = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 'A', Hi: 'Z', Stride: 1}, {Lo: 'a', Hi: 'z', Stride: 1},
		{Lo: 0x00c0, Hi: 0x00d6, Stride: 1}, {Lo: 0x00d8, Hi: 0x00f6, Stride: 1}, {Lo: 0x00f8, Hi: 0x0131, Stride: 1}, // Latin
		{Lo: 0x0134, Hi: 0x013e, Stride: 1}, {Lo: 0x0141, Hi: 0x0148, Stride: 1}, {Lo: 0x014a, Hi: 0x017e, Stride: 1},
		{Lo: 0x0388, Hi: 0x038a, Stride: 1}, {Lo: 0x038e, Hi: 0x03a1, Stride: 1}, {Lo: 0x03a3, Hi: 0x03ce, Stride: 1}, // Greek
		{Lo: 0x0400, Hi: 0x0481, Stride: 1},                                      // Cyrillic
		{Lo: 0x05d0, Hi: 0x05ea, Stride: 1},                                      // Hebrew
		{Lo: 0x0620, Hi: 0x063f, Stride: 1}, {Lo: 0x0641, Hi: 0x064a, Stride: 1}, // Arabic
		{Lo: 0x0905, Hi: 0x0928, Stride: 1}, {Lo: 0x092a, Hi: 0x0930, Stride: 1}, {Lo: 0x0935, Hi: 0x0939, Stride: 1}, // Devanagari
		{Lo: 0x0e01, Hi: 0x0e30, Stride: 1},                                      // Thai
		{Lo: 0x3041, Hi: 0x3096, Stride: 1}, {Lo: 0x30a1, Hi: 0x30fa, Stride: 1}, // Japanese
		{Lo: 0x4e00, Hi: 0x9fa5, Stride: 1}, // Han
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, // Hangul
	},
	LatinOffset: 5,
}

func isLetter(r rune) bool { return unicode.Is(letters, r) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// Valid tells whether a text is an identifier in all languages, but for the words that each has reserved. One with an
// underscore at its beginning is not: such names have a meaning of their own in some.
func Valid(text string) bool {
	for i, r := range text {
		if !isLetter(r) && (i == 0 || !isDigit(r) && r != '_') {
			return false
		}
	}
	return text != ""
}

// words splits a text at what cannot be part of an identifier, and at underscores.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !isLetter(r) && !isDigit(r) })
}

// longest is how many characters of a name are kept.
const longest = 60

func short(name string) string {
	if runes := []rune(name); len(runes) > longest {
		return string(runes[:longest])
	}
	return name
}

// Pascal makes GetPet of get-pet. What has no capital letters begins with X.
func Pascal(text string) string {
	var b strings.Builder
	for _, word := range words(text) {
		b.WriteString(title(word))
	}
	name := short(b.String())
	if first := []rune(name + "0")[0]; !unicode.IsUpper(first) {
		name = "X" + name
	}
	return name
}

// Exported is Pascal as Go has it, where petId is PetID.
func Exported(text string) string {
	var parts []string
	for _, word := range words(text) {
		for _, part := range humps(word) {
			if upper := strings.ToUpper(part); initialisms[upper] {
				part = upper
			}
			parts = append(parts, part)
		}
	}
	return Pascal(strings.Join(parts, "_"))
}

// humps splits a word where a capital letter follows a small one.
func humps(word string) []string {
	var parts []string
	start := 0
	small := false
	for i, r := range word {
		if small && unicode.IsUpper(r) {
			parts = append(parts, word[start:i])
			start = i
		}
		small = unicode.IsLower(r)
	}
	return append(parts, word[start:])
}

// initialisms are written in capitals in Go.
var initialisms = map[string]bool{
	"API": true, "ASCII": true, "CPU": true, "DNS": true, "EOF": true, "HTML": true, "HTTP": true, "HTTPS": true,
	"ID": true, "IP": true, "JSON": true, "RPC": true, "SQL": true, "SSH": true, "TCP": true, "TLS": true, "TTL": true,
	"UDP": true, "UI": true, "URI": true, "URL": true, "UTF8": true, "UUID": true, "XML": true,
}

// Camel leaves a valid name as it is, and makes getPet of get-pet.
func Camel(text string) string {
	if Valid(text) {
		return short(text)
	}
	parts := words(text)
	for i, word := range parts {
		if i > 0 {
			parts[i] = title(word)
		}
	}
	return begun(strings.Join(parts, ""))
}

// Snake leaves a valid name as it is, and makes get_pet of get-pet.
func Snake(text string) string {
	if Valid(text) {
		return short(text)
	}
	return begun(strings.Join(words(text), "_"))
}

// begun lets a name begin with a letter.
func begun(name string) string {
	if !Valid(name) {
		name = "x" + name
	}
	return short(name)
}

func title(word string) string {
	r := []rune(word)
	if upper := unicode.ToUpper(r[0]); isLetter(upper) {
		r[0] = upper
	}
	return string(r)
}

// A Scope gives each name once.
type Scope struct {
	Reserved map[string]bool // words that cannot be names: an underscore is put behind them
	taken    map[string]bool
}

// Reserve makes a set of words.
func Reserve(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for _, word := range strings.Fields(list) {
			set[word] = true
		}
	}
	return set
}

// Name returns the name that is wanted, or one like it if that is taken or reserved.
func (s *Scope) Name(wanted string) string { return s.Names(wanted)[0] }

// Names returns the wanted name with each ending, all of which have to be free.
func (s *Scope) Names(wanted string, endings ...string) []string {
	if s.Reserved[wanted] {
		wanted += "_"
	}
	if s.taken == nil {
		s.taken = map[string]bool{}
	}
	endings = append([]string{""}, endings...)
	for n := 1; ; n++ {
		stem := wanted
		if n > 1 {
			stem = numbered(wanted, n)
		}
		if names := s.free(stem, endings); names != nil {
			for _, name := range names {
				s.taken[name] = true
			}
			return names
		}
	}
}

func (s *Scope) free(stem string, endings []string) []string {
	names := make([]string, len(endings))
	for i, ending := range endings {
		names[i] = stem + ending
		if s.taken[names[i]] || s.Reserved[names[i]] {
			return nil
		}
	}
	return names
}

// numbered is a name that is not the first: pet2, and pet3_2, so that it is not taken for what pet32 is.
func numbered(name string, n int) string {
	if last := name[len(name)-1]; isDigit(rune(last)) {
		name += "_"
	}
	return name + strconv.Itoa(n)
}
