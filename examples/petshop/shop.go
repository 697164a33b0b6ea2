package petshop

import (
	"cmp"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Shop holds the pets and the orders. Its methods can be called by many goroutines at once.
type Shop struct {
	now func() time.Time

	mu     sync.Mutex
	pets   map[int64]Pet
	orders map[int64]Order
	last   int64 // id
	visits map[string]int
}

// NewShop opens a shop with a few pets. Its time comes from now.
func NewShop(now func() time.Time) *Shop {
	s := &Shop{now: now, pets: map[int64]Pet{}, orders: map[int64]Order{}, visits: map[string]int{}}
	born := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	mia := s.add(Pet{Name: "Mia", Species: Cat, Born: born, Price: Money{4900, "EUR"}, Tags: []string{"calm", "black"}})
	s.add(Pet{Name: "Rex", Species: Dog, Born: born.AddDate(0, 2, 0), Price: Money{19900, "EUR"}, Tags: []string{"loud"}})
	s.add(Pet{Name: "Tom", Species: Cat, Born: born.AddDate(1, 0, 0), Price: Money{5900, "EUR"}, Tags: []string{"black"}, Mother: &mia.ID})
	s.add(Pet{Name: "Polly", Species: Parrot, Born: born.AddDate(-3, 0, 0), Price: Money{9900, "EUR"}})
	return s
}

func (s *Shop) add(p Pet) Pet {
	s.last++
	p.ID = s.last
	s.pets[p.ID] = p
	return p
}

// List returns the pets that a filter lets through, by id.
func (s *Shop) List(f Filter) (Page[Pet], error) {
	if f.Limit < 1 || f.Limit > 100 {
		return Page[Pet]{}, &InvalidError{"limit", "is not from 1 to 100"}
	}
	if f.Offset < 0 {
		return Page[Pet]{}, &InvalidError{"offset", "is negative"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return pageOf(sorted(s.pets, f.lets), f.Offset, f.Limit), nil
}

func (f Filter) lets(p Pet) bool {
	if f.Species != nil && p.Species != *f.Species {
		return false
	}
	return !slices.ContainsFunc(f.Tags, func(tag string) bool { return !slices.Contains(p.Tags, tag) })
}

// sorted returns the values of m that lets lets through, by id.
func sorted[T any](m map[int64]T, lets func(T) bool) []T {
	var list []T
	for _, id := range slices.Sorted(maps.Keys(m)) {
		if lets(m[id]) {
			list = append(list, m[id])
		}
	}
	return list
}

func pageOf[T any](all []T, offset, limit int) Page[T] {
	page := Page[T]{Total: len(all)}
	from := min(offset, len(all))
	to := min(from+limit, len(all))
	if page.Items = all[from:to]; to < len(all) {
		page.Next = &to
	}
	return page
}

// Get returns a pet.
func (s *Shop) Get(id int64) (Pet, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.getLocked(id)
}

func (s *Shop) getLocked(id int64) (Pet, error) {
	p, ok := s.pets[id]
	if !ok {
		return Pet{}, ErrNotFound
	}
	return p, nil
}

// Find returns the pets whose names have a text in them.
func (s *Shop) Find(text string) []Pet {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sorted(s.pets, func(p Pet) bool { return strings.Contains(strings.ToLower(p.Name), strings.ToLower(text)) })
}

// Add takes a pet into the shop. Its id is the shop's to choose.
func (s *Shop) Add(p Pet) (Pet, error) {
	if err := p.check(); err != nil {
		return Pet{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.Born.IsZero() {
		p.Born = s.now()
	}
	p.Sold = false
	return s.add(p), nil
}

func (p *Pet) check() error {
	switch {
	case p.Name == "":
		return &InvalidError{"name", "is empty"}
	case !slices.Contains(p.Species.Enum(), any(p.Species)):
		return &InvalidError{"species", "is none that the shop sells"}
	case p.Price.Cents < 0:
		return &InvalidError{"price", "is negative"}
	}
	p.Price.Currency = cmp.Or(p.Price.Currency, "EUR")
	return nil
}

// Change changes a pet and returns what it is then.
func (s *Shop) Change(id int64, c Changes) (Pet, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.getLocked(id)
	if err != nil {
		return Pet{}, err
	}
	if c.Name != nil {
		p.Name = *c.Name
	}
	if c.Price != nil {
		p.Price = *c.Price
	}
	if c.Tags != nil {
		p.Tags = *c.Tags
	}
	if err := p.check(); err != nil {
		return Pet{}, err
	}
	s.pets[id] = p
	return p, nil
}

// Tag adds tags to a pet and returns all that it has.
func (s *Shop) Tag(id int64, tags ...string) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.getLocked(id)
	if err != nil {
		return nil, err
	}
	p.Tags = slices.Compact(slices.Sorted(slices.Values(slices.Concat(p.Tags, tags))))
	s.pets[id] = p
	return p.Tags, nil
}

// Remove takes a pet out of the shop.
func (s *Shop) Remove(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.getLocked(id); err != nil {
		return err
	}
	delete(s.pets, id)
	return nil
}

// Family returns a pet with the mothers before it.
func (s *Shop) Family(id int64) (Family, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.getLocked(id)
	if err != nil {
		return Family{}, err
	}
	family := Family{Pet: p}
	seen := map[int64]bool{id: true}
	for at := &family; at.Pet.Mother != nil && !seen[*at.Pet.Mother]; at = at.Mother {
		mother, err := s.getLocked(*at.Pet.Mother)
		if err != nil {
			break // she is not the shop's
		}
		seen[mother.ID] = true
		at.Mother = &Family{Pet: mother}
	}
	return family, nil
}

// pixel is the photo of every pet: a GIF of one pixel.
const pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

// Photo returns a picture of a pet.
func (s *Shop) Photo(id int64) (Photo, error) {
	if _, err := s.Get(id); err != nil {
		return Photo{}, err
	}
	data, err := base64.StdEncoding.DecodeString(pixel)
	return Photo{"image/gif", data}, err
}

// Inventory counts the pets that can be bought, by species.
func (s *Shop) Inventory() map[Species]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := map[Species]int{}
	for _, p := range s.pets {
		if !p.Sold {
			counts[p.Species]++
		}
	}
	return counts
}
