package petshop

import (
	"time"

	"github.com/runrpc/jsonrpc"
	"github.com/runrpc/jsonrpc/openrpc"
)

// RPC returns all methods of a new shop.
func RPC() jsonrpc.RPC { return NewShop(time.Now).RPC() }

// RPC returns the methods of the shop, with a description of each.
func (s *Shop) RPC() jsonrpc.RPC {
	return jsonrpc.RPC{
		"rpc.discover": openrpc.Discover(openrpc.Info{
			Title:       "Petshop",
			Version:     "1.0.0",
			Description: "Sells pets. Nothing is kept when the server ends.",
			License:     &openrpc.License{Name: "MIT"},
		}, &openrpc.Options{Tags: map[string]string{
			"pets":   "What can be bought.",
			"orders": "What was bought.",
			"store":  "The shop as a whole.",
		}}),
		jsonrpc.Errors: jsonrpc.ErrorMap{
			ErrNotFound:          -32004,
			(*InvalidError)(nil): -32022,
		},
		"pets":   s.petMethods(),
		"orders": s.orderMethods(),
		"store":  s.storeMethods(),
	}
}

// mia is the first pet of a new shop, for the examples.
var mia = Pet{
	ID: 1, Name: "Mia", Species: Cat, Born: time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC),
	Price: Money{4900, "EUR"}, Tags: []string{"calm", "black"},
}

func (s *Shop) petMethods() jsonrpc.RPC {
	invalid := &InvalidError{"name", "is empty"}
	return jsonrpc.RPC{
		"list": jsonrpc.Func(s.List).
			Doc("Lists pets by id, page by page.").
			Returns("one page").
			Errors(&InvalidError{"limit", "is not from 1 to 100"}).
			Example("black cats", map[string]any{"species": Cat, "tags": []string{"black"}, "limit": 1}, Page[Pet]{Items: []Pet{mia}, Total: 2, Next: new(1)}),
		"get": jsonrpc.Func(s.Get, "id").
			Doc("Returns a pet.").
			Example("Mia", []int{1}, mia),
		"find": jsonrpc.Func(s.Find, "text").
			Doc("Finds pets by their names.\n\nDeprecated: use pets.list, which has pages.").
			Param("text", "a part of the name, in any case"),
		"add": jsonrpc.Func(s.Add, "pet").
			Doc("Takes a pet into the shop. A pet without a date of birth is born today.").
			Param("pet", "The pet. Its id and whether it is sold are the shop's to say.").
			Returns("the pet as the shop has it").
			Errors(invalid),
		"change": jsonrpc.Func(s.Change, "id", "changes").
			Doc("Changes a pet.\n\nWhat is left out of the changes, or null, stays as it is.").
			Returns("the pet as it is then").
			Errors(invalid).
			Example("a lower price", map[string]any{"id": 1, "changes": Changes{Price: &Money{3900, "EUR"}}}, Pet{
				ID: 1, Name: "Mia", Species: Cat, Born: mia.Born, Price: Money{3900, "EUR"}, Tags: mia.Tags}),
		"tag": jsonrpc.Func(s.Tag).
			Doc("Adds tags to a pet: params are its id and any number of tags.").
			Returns("all tags that it has then, in order").
			Example("two", []any{2, "loud", "large"}, []string{"large", "loud"}),
		"remove": jsonrpc.Func(s.Remove, "id").Doc("Takes a pet out of the shop."),
		"family": jsonrpc.Func(s.Family, "id").Doc("Returns a pet with its mother, her mother, and so on."),
		"photo":  jsonrpc.Func(s.Photo, "id").Doc("Returns a picture of a pet."),
	}
}

func (s *Shop) orderMethods() jsonrpc.RPC {
	return jsonrpc.RPC{
		jsonrpc.Errors: jsonrpc.ErrorMap{
			(*SoldError)(nil): -32010,
			ErrTooLate:        -32011,
		},
		"place": jsonrpc.Func(s.Place, "pets", "address", "notes").
			Default("notes", map[string]string{}).
			Doc("Orders pets, all of them or none.").
			Param("pets", "the ids of the pets").
			Param("notes", "whatever is to be remembered").
			Errors(&SoldError{[]int64{2}}, &InvalidError{"address", "has no name or no city"}),
		"get": jsonrpc.Func(s.Order, "id").Doc("Returns an order."),
		"list": jsonrpc.Func(s.Orders, "status").
			Doc("Lists orders by id.").
			Param("status", "orders with this status alone"),
		"ship":   jsonrpc.Func(s.Ship, "id").Doc("Sends an order on its way.").Tags("staff"),
		"cancel": jsonrpc.Func(s.Cancel, "id").Doc("Cancels an order that is not on its way."),
	}
}

func (s *Shop) storeMethods() jsonrpc.RPC {
	return jsonrpc.RPC{
		"inventory": jsonrpc.Func(s.Inventory).Doc("Counts the pets that can be bought, by species."),
		"visit": jsonrpc.Func(s.Visit, "page").
			Doc("Counts that somebody has looked at a page. Nobody needs its answer: send it as a notification."),
		"visits": jsonrpc.Func(s.Visits).Doc("Tells how often each page was looked at.").Tags("staff"),
	}
}
