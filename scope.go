package jsonrpc

import (
	"cmp"
	"errors"
	"fmt"
)

// scope is a registry's settings for what stands in it.
type scope struct {
	use    *MiddlewareChain
	errors *errorTable
	raw    ErrorMap // not compiled: of a registry that is read as it is
	fault  error    // a faulty setting: nothing in the scope can be called
}

// errorTable returns the compiled ErrorMap, nil where there is none.
func (s *scope) errorTable() *errorTable {
	if s.errors == nil && s.raw != nil {
		return s.raw.compile()
	}
	return s.errors
}

var settingNames = [...]string{Use, Errors, Packages, Separator}

// read reads the settings of r as they are, and returns its separator. It does not look for
// unknown settings, as Check does.
func (s *scope) read(r RPC, root bool) (separator string) {
	*s = scope{}
	for i := range settingNames {
		key := settingNames[i]
		if v, ok := r[key]; ok {
			if err := s.set(key, v, root); err != nil {
				s.fault = errors.Join(s.fault, fmt.Errorf("%s: %w", key, err))
			}
			if key == Separator {
				separator, _ = v.(string)
			}
		}
	}
	return cmp.Or(separator, defaultSeparator)
}

// set takes one setting, and says what is wrong with it.
func (s *scope) set(key string, v any, root bool) error {
	switch key {
	case Use:
		chain, ok := v.(*MiddlewareChain)
		if !ok || chain == nil {
			return settingFault(v, "a *MiddlewareChain from Chain")
		}
		s.use = chain
		return chain.check()
	case Errors:
		m, ok := v.(ErrorMap)
		if !ok {
			return settingFault(v, "an ErrorMap")
		}
		s.raw = m
		return m.check()
	case Packages:
		if _, ok := v.(PackageMap); !ok {
			return settingFault(v, "a PackageMap")
		}
		return inRoot(root)
	case Separator:
		if sep, ok := v.(string); !ok || sep == "" {
			return settingFault(v, "a string that is not empty")
		}
		return inRoot(root)
	}
	return errors.New("found an unknown setting: names that begin with rpc. are reserved")
}

func settingFault(found any, want string) error {
	if found == "" {
		return fmt.Errorf("found an empty string, want %s", want)
	}
	return fmt.Errorf("found %T, want %s", found, want)
}

func inRoot(root bool) error {
	if root {
		return nil
	}
	return errors.New("found it in a namespace, want it in the root")
}
