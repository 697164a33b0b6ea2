// Package work is what every contender does: the procedures that it serves, and the messages that
// it answers, each with a check of the answer.
package work

import (
	"encoding/json"
	"errors"
)

// Customer, Address and Item are parts of an Order.
type Customer struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
	VIP   bool   `json:"vip"`
}

// Address is where an Order goes.
type Address struct {
	Line1   string `json:"line1"`
	City    string `json:"city"`
	Zip     string `json:"zip"`
	Country string `json:"country"`
}

// Item is a line of an Order.
type Item struct {
	SKU   string   `json:"sku"`
	Title string   `json:"title"`
	Qty   int      `json:"qty"`
	Price float64  `json:"price"`
	Tags  []string `json:"tags"`
}

// Order is a parameter and a result of about 1 KB.
type Order struct {
	ID       string   `json:"id"`
	Created  string   `json:"created"`
	Customer Customer `json:"customer"`
	Shipping Address  `json:"shipping"`
	Items    []Item   `json:"items"`
	Currency string   `json:"currency"`
	Note     string   `json:"note"`
	Total    float64  `json:"total"`
	Status   string   `json:"status"`
}

// SubtractParams are Subtract's parameters by name.
type SubtractParams struct {
	Minuend    int `json:"minuend"`
	Subtrahend int `json:"subtrahend"`
}

// Subtract is the procedure that costs nothing.
func Subtract(minuend, subtrahend int) int { return minuend - subtrahend }

// PlaceOrder adds an order up.
func PlaceOrder(o Order) Order {
	o.Total = 0
	for i := range o.Items {
		o.Total += o.Items[i].Price * float64(o.Items[i].Qty)
	}
	o.Status = "accepted"
	return o
}

// Echo returns a string.
func Echo(s string) string { return s }

// EchoArray returns an array.
func EchoArray(a []int) []int { return a }

// Update is what notifications call.
func Update(_, _ int) {}

var errOutOfStock = errors.New("out of stock")

// Fail fails.
func Fail() error { return errOutOfStock }

// DecodeSubtract decodes Subtract's parameters, by position or by name: the user's part with
// libraries that hand over raw params.
func DecodeSubtract(raw []byte) (minuend, subtrahend int, err error) {
	if len(raw) > 0 && raw[0] == '[' {
		var p [2]int
		err = json.Unmarshal(raw, &p)
		return p[0], p[1], err
	}
	var p SubtractParams
	err = json.Unmarshal(raw, &p)
	return p.Minuend, p.Subtrahend, err
}

// theOrder is the order that workloads place.
var theOrder = Order{
	ID: "ord_01HZX4Q7Y8", Created: "2026-11-23T11:30:00Z",
	Customer: Customer{ID: 90210, Name: "Zoë Müller", Email: "zoe.mueller@example.com", VIP: true},
	Shipping: Address{"Lindenstraße 12", "Berlin", "10969", "DE"},
	Items: []Item{
		{"SKU-1001", "Espresso machine", 1, 349.5, []string{"kitchen", "steel"}},
		{"SKU-2040", "Burr grinder", 1, 129.25, []string{"kitchen"}},
		{"SKU-3377", "Coffee beans, dark roast 1 kg", 4, 18.75, []string{"food", "fairtrade", "organic"}},
		{"SKU-4102", "Paper filters (100)", 3, 4.5, []string{"kitchen", "paper"}},
		{"SKU-5150", "Milk jug 0.6 l", 2, 22, []string{"steel"}},
		{"SKU-6001", "Descaler", 2, 9.95, []string{"care", "chemistry"}},
	},
	Currency: "EUR", Note: "Leave at the door; say \"hello\" to the dog.", Status: "new",
}
