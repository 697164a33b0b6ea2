// Package bill shares what a meal has cost. All amounts are in cents: money is counted, not measured.
package bill

import "fmt"

// Parts is who pays how much of a bill.
type Parts struct {
	Total  int   `json:"total"`  // with the tip
	Shares []int `json:"shares"` // they add up to the total
}

// Split shares a bill, and a tip of so many percent, among people. No two shares differ by more than a cent.
func Split(cents, percent, people int) (Parts, error) {
	if err := within("people", people, 1, 100); err != nil {
		return Parts{}, err
	}
	tip, err := Tip(cents, percent)
	if err != nil {
		return Parts{}, err
	}
	p := Parts{Total: cents + tip, Shares: make([]int, people)}
	for i := range p.Shares {
		p.Shares[i] = p.Total / people
		if i < p.Total%people {
			p.Shares[i]++
		}
	}
	return p, nil
}

// Tip returns so many percent of an amount, to the nearest cent.
func Tip(cents, percent int) (int, error) {
	if err := within("cents", cents, 0, 100_000_000); err != nil {
		return 0, err
	}
	if err := within("percent", percent, 0, 100); err != nil {
		return 0, err
	}
	return (cents*percent + 50) / 100, nil
}

// A RangeError tells callers what they may send. They get its code and its text; the text of an error
// without a code stays in the server's log.
type RangeError struct {
	Name            string
	Found, Min, Max int
}

// Error implements error.
func (e *RangeError) Error() string {
	return fmt.Sprintf("%s: found %d, want %d to %d", e.Name, e.Found, e.Min, e.Max)
}

// ErrorCode returns the code that callers get.
func (e *RangeError) ErrorCode() int { return -32001 }

// within checks what a caller sent.
func within(name string, value, least, most int) error {
	if value < least || value > most {
		return &RangeError{name, value, least, most}
	}
	return nil
}
