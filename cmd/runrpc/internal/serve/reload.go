package serve

// configure reads the configuration file anew, if there is one. What it says of the address counts when
// runrpc is started again: the socket is there to stay.
func (s *session) configure() error {
	if s.Service.File() == "" {
		return nil
	}
	addr := s.Service.Addr
	if err := s.Service.Reload(); err != nil {
		return err
	}
	if wanted := s.Service.Addr; s.socket != nil && wanted != addr {
		if wanted != s.wanted {
			s.Say(s.Service.At("addr") + ": the address stays " + addr + " until runrpc is started again")
		}
		s.wanted, s.Service.Addr = wanted, addr
	}
	return s.Service.Check()
}
