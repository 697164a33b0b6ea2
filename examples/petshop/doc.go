// Package petshop is a shop with all that a description can tell: nested types, enums, errors with
// codes, and a text about everything. runrpc serves it as it is, and the program in serve by hand:
//
//	runrpc ./examples/petshop --root
//	go run ./examples/petshop/serve
//
// Either way:
//
//	curl localhost:8080 -H 'Content-Type: application/json' \
//	    -d '{"jsonrpc": "2.0", "method": "pets.list", "params": {"species": "cat"}, "id": 1}'
//
// pets.go and orders.go have the types, shop.go and desk.go what is done with them, and registry.go
// makes the methods of it.
package petshop
