package serve

import (
	"cmp"
	"fmt"
	"time"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/source"
	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/workspace"
)

// Settings returns what the program is told.
func (s *Service) Settings() settings.Settings {
	folders, _ := s.folders() // which Check has checked
	return settings.Settings{
		Addr:      s.Addr,
		Path:      s.Path,
		Separator: s.Separator,
		Drain:     s.drain(),
		Warm:      s.Warm,
		NoDocs:    s.NoDocs,
		Log:       s.Log,
		LogLevel:  s.LogLevel,
		Quiet:     s.Quiet,
		Limits:    settings.Limits(s.Limits),
		Access:    settings.Access(s.Access),

		Folders:     folders,
		Certificate: settings.Certificate{Cert: s.TLSCert, Key: s.TLSKey},
	}
}

// drain returns how long calls may take to finish: what their own timeout allows, and a little more.
func (s *Service) drain() time.Duration {
	const serverDefault, grace = 30 * time.Second, 5 * time.Second
	if s.Timeout < 0 {
		return 0
	}
	return cmp.Or(s.Timeout, serverDefault) + grace
}

// naming returns how methods are named.
func (s *Service) naming() source.Naming {
	return source.Naming{Root: s.Root, Separator: s.Separator}
}

// locate finds the packages.
func (s *Service) locate() ([]source.Target, []workspace.Place, error) {
	targets := make([]source.Target, len(s.Packages))
	places := make([]workspace.Place, len(s.Packages))
	for i, arg := range s.Packages {
		target, err := source.LocateIn(s.Base("packages"), arg)
		if err != nil {
			return nil, nil, s.blame("packages", err)
		}
		targets[i], places[i] = target, target.Place
	}
	return targets, places, nil
}

// blame names the line of the configuration file that an error is about, if it comes from one.
func (s *Service) blame(flag string, err error) error {
	if s.Base(flag) == "" {
		return err
	}
	return fmt.Errorf("%s: %w", s.At(flag), err)
}
