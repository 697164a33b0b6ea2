package completion

import (
	"slices"
	"strings"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/commandline"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/describe"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/remote"
)

// methods completes the methods of the server that the line names.
func methods(line commandline.Line) []candidate {
	service := ask(line)
	found := make([]candidate, len(service.Methods))
	for i, method := range service.Methods {
		text := method.Summary
		if text == "" {
			text = method.Doc
		}
		found[i] = candidate{method.Name, text}
	}
	return found
}

// params completes the arguments of a call: NAME= or NAME:= for the params that are not given yet, and files behind @.
func params(line commandline.Line, current string) []candidate {
	for _, operator := range []string{":=@", "@="} {
		if name, path, ok := strings.Cut(current, operator); ok {
			return paths(name+operator, path, all)
		}
	}
	if path, ok := strings.CutPrefix(current, "@"); ok {
		return paths("@", path, all)
	}
	if strings.Contains(current, "=") || len(line.Positions) < 2 {
		return nil
	}
	service := ask(line)
	i := slices.IndexFunc(service.Methods, func(m describe.Method) bool { return m.Name == line.Positions[1] })
	if i < 0 || service.Methods[i].Structure == "by-position" {
		return nil
	}
	given := map[string]bool{}
	for _, arg := range line.Positions[2:] {
		name, _, isNamed := strings.Cut(arg, "=")
		if !isNamed {
			return nil // by position, so by position to the end
		}
		given[strings.TrimRight(name, ":@")] = true
	}
	var found []candidate
	for _, p := range service.Methods[i].Params {
		if !given[p.Name] {
			found = append(found, candidate{p.Name + operator(p), p.Type + "  " + p.Doc})
		}
	}
	return found
}

// operator is what stands between a param and its value: a text, or JSON.
func operator(p describe.Param) string {
	if strings.HasPrefix(p.Type, "string") || strings.HasPrefix(p.Type, `"`) {
		return "="
	}
	return ":="
}

// ask asks the server for its methods. Whoever waits for a completion does not wait long, and is told no errors.
func ask(line commandline.Line) *describe.Service {
	flags := remote.Flags{MaxAnswer: 16 << 20}
	for _, given := range line.Given {
		switch {
		case given.Flag == nil:
		case given.Flag.Name == "header":
			flags.Header = append(flags.Header, given.Value)
		case given.Flag.Name == "ca":
			flags.CA = given.Value
		case given.Flag.Name == "insecure":
			flags.Insecure = true
		}
	}
	none := &describe.Service{}
	if len(line.Positions) == 0 {
		return none
	}
	endpoint, err := flags.Open(line.Positions[0], time.Second)
	if err != nil {
		return none
	}
	ctx, cancel := endpoint.Context()
	defer cancel()
	if service, err := describe.Find(ctx, endpoint); err == nil {
		return service
	}
	return none
}
