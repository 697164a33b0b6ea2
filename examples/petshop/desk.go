package petshop

import "slices"

// Place orders pets.
func (s *Shop) Place(pets []int64, to Address, notes map[string]string) (Order, error) {
	switch {
	case len(pets) == 0:
		return Order{}, &InvalidError{"pets", "is empty"}
	case to.Name == "" || to.City == "":
		return Order{}, &InvalidError{"address", "has no name or no city"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o := Order{Pets: pets, Total: Money{Currency: "EUR"}, Address: to, Placed: s.now(), Notes: notes}
	var sold []int64
	for i, id := range pets {
		p, err := s.getLocked(id)
		if err != nil {
			return Order{}, err
		}
		if p.Sold || slices.Contains(pets[:i], id) {
			sold = append(sold, id)
		}
		o.Total.Cents += p.Price.Cents
	}
	if sold != nil {
		return Order{}, &SoldError{sold}
	}
	s.sellLocked(pets, true)
	s.last++
	o.ID = s.last
	s.orders[o.ID] = o
	return o, nil
}

func (s *Shop) sellLocked(pets []int64, sold bool) {
	for _, id := range pets {
		if p, ok := s.pets[id]; ok {
			p.Sold = sold
			s.pets[id] = p
		}
	}
}

// Order returns an order.
func (s *Shop) Order(id int64) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.orders[id]
	if !ok {
		return Order{}, ErrNotFound
	}
	return o, nil
}

// Orders returns the orders with a status, or all, by id.
func (s *Shop) Orders(status *Status) []Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sorted(s.orders, func(o Order) bool { return status == nil || o.Status == *status })
}

// Ship sends an order on its way.
func (s *Shop) Ship(id int64) (Order, error) { return s.advance(id, Shipped) }

// Cancel cancels an order that is not on its way. Its pets can be bought again.
func (s *Shop) Cancel(id int64) (Order, error) { return s.advance(id, Cancelled) }

func (s *Shop) advance(id int64, to Status) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.orders[id]
	switch {
	case !ok:
		return Order{}, ErrNotFound
	case o.Status != Placed:
		return Order{}, ErrTooLate
	case to == Cancelled:
		s.sellLocked(o.Pets, false)
	}
	o.Status = to
	s.orders[id] = o
	return o, nil
}

// maxPages is how many pages are counted.
const maxPages = 100

// Visit counts that somebody has looked at a page.
func (s *Shop) Visit(page string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.visits[page]; known || len(s.visits) < maxPages {
		s.visits[page]++
	}
}

// Visits returns how often each page was looked at.
func (s *Shop) Visits() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := make(map[string]int, len(s.visits))
	for page, n := range s.visits {
		counts[page] = n
	}
	return counts
}
