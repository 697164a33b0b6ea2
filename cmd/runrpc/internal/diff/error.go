package diff

import (
	"fmt"

	"github.com/runrpc/jsonrpc/openrpc"
)

// errors compares the errors that a method declares.
func (d *differ) errors(was, is *openrpc.Method) {
	old, now := byCode(was.Errors), byCode(is.Errors)
	moved := map[int]bool{} // codes that an error has moved to
	for _, e := range was.Errors {
		path := fmt.Sprintf("/errors/%d", e.Code)
		next, ok := now[e.Code]
		switch to := elsewhere(e, is.Errors, old); {
		case ok:
			d.sameError(path, e, next)
		case to != nil:
			moved[to.Code] = true
			d.breaks(Readers, "they look for the old code", path, "code", fmt.Sprint(e.Code), fmt.Sprint(to.Code))
		default:
			d.breaks(Readers, "they wait for an error that is not declared any more", path, "removed", e.Message, "")
		}
	}
	for _, e := range is.Errors {
		if _, known := old[e.Code]; !known && !moved[e.Code] {
			d.fine(fmt.Sprintf("/errors/%d", e.Code), "added", "", e.Message)
		}
	}
}

func byCode(errs []openrpc.Error) map[int]openrpc.Error {
	codes := map[int]openrpc.Error{}
	for _, e := range errs {
		codes[e.Code] = e
	}
	return codes
}

// elsewhere finds the error with the same message under a code that there was not.
func elsewhere(e openrpc.Error, errs []openrpc.Error, old map[int]openrpc.Error) *openrpc.Error {
	for i := range errs {
		if _, known := old[errs[i].Code]; !known && errs[i].Message == e.Message && e.Message != "" {
			return &errs[i]
		}
	}
	return nil
}

func (d *differ) sameError(path string, was, is openrpc.Error) {
	if was.Message != is.Message {
		d.note(path, "message", was.Message, is.Message)
	}
	old, now := "", ""
	if was.Data != nil {
		old = canonical(was.Data)
	}
	if is.Data != nil {
		now = canonical(is.Data)
	}
	switch {
	case old == now:
	case old == "":
		d.fine(path+"/data", "added", "", now)
	default:
		d.breaks(Readers, "they look for what there was", path+"/data", "data", old, orNone(now))
	}
}
