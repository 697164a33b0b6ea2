package ident_test

import (
	"go/token"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/client/ident"
)

func TestNames(t *testing.T) {
	t.Parallel()
	type forms struct{ Pascal, Exported, Camel, Snake string }
	for name, want := range map[string]forms{
		"get":          {"Get", "Get", "get", "get"},
		"getPet":       {"GetPet", "GetPet", "getPet", "getPet"},
		"get_pet":      {"GetPet", "GetPet", "get_pet", "get_pet"},
		"get-pet":      {"GetPet", "GetPet", "getPet", "get_pet"},
		"petId":        {"PetId", "PetID", "petId", "petId"},
		"api_url":      {"ApiUrl", "APIURL", "api_url", "api_url"},
		"HTTPServer":   {"HTTPServer", "HTTPServer", "HTTPServer", "HTTPServer"},
		"3d":           {"X3d", "X3d", "x3d", "x3d"},
		"":             {"X", "X", "x", "x"},
		"$":            {"X", "X", "x", "x"},
		"$ref":         {"Ref", "Ref", "ref", "ref"},
		"__proto__":    {"Proto", "Proto", "proto", "proto"},
		"_private":     {"Private", "Private", "private", "private"},
		"ñandú":        {"Ñandú", "Ñandú", "ñandú", "ñandú"},
		"宠物":           {"X宠物", "X宠物", "宠物", "宠物"},
		"ß":            {"Xß", "Xß", "ß", "ß"},
		"ﬁx":           {"X", "X", "x", "x"}, // what NFKC changes is no letter here
		"e\u0301":      {"E", "E", "e", "e"},
		"a\nb*/\"\"\"": {"AB", "AB", "aB", "a_b"},
		"😀":            {"X", "X", "x", "x"},
	} {
		got := forms{ident.Pascal(name), ident.Exported(name), ident.Camel(name), ident.Snake(name)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", name, diff)
		}
	}
}

func TestScope(t *testing.T) {
	t.Parallel()
	s := &ident.Scope{Reserved: ident.Reserve("class in", "def")}
	var got [][]string
	for _, wanted := range []string{"get", "get", "class", "class", "class_", "get2", "list", "listRequest", "x9", "x9"} {
		got = append(got, s.Names(wanted, "Request"))
	}
	want := [][]string{
		{"get", "getRequest"},
		{"get2", "get2Request"},
		{"class_", "class_Request"},
		{"class_2", "class_2Request"},
		{"class_3", "class_3Request"},
		{"get2_2", "get2_2Request"},
		{"list", "listRequest"},
		{"listRequest2", "listRequest2Request"},
		{"x9", "x9Request"},
		{"x9_2", "x9_2Request"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func FuzzNames(f *testing.F) {
	for _, name := range []string{"", "get-pet", "宠物", "ß", "e\u0301", "\xff", "İ", "ǆ", "0", "_", "a\u200bb"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, made := range []string{ident.Pascal(name), ident.Exported(name), ident.Camel(name), ident.Snake(name)} {
			if !ident.Valid(made) || !token.IsIdentifier(made+"_") {
				t.Errorf("%q becomes %q, which is no identifier", name, made)
			}
		}
		if first := []rune(ident.Exported(name))[0]; !unicode.IsUpper(first) {
			t.Errorf("%q becomes %q, which is not exported", name, ident.Exported(name))
		}
		s := &ident.Scope{}
		if a, b := s.Name(ident.Camel(name)), s.Name(ident.Camel(name)); a == b || !ident.Valid(a) || !ident.Valid(b) {
			t.Errorf("%q becomes %q and %q", name, a, b)
		}
	})
}
