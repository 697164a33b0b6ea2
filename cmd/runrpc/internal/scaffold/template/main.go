// Command yourservice serves the functions of package bill at /rpc, beside the page in static.
package main

import (
	"flag"
	"log"

	"github.com/runrpc/jsonrpc"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/scaffold/template/bill"
)

// procedures lists what callers may call, with the names of the parameters.
func procedures() jsonrpc.RPC {
	return jsonrpc.RPC{
		"bill.split": jsonrpc.Func(bill.Split, "cents", "percent", "people"),
		"bill.tip":   jsonrpc.Func(bill.Tip, "cents", "percent"),
	}
}

func main() {
	addr := flag.String("addr", "localhost:8080", "the address to listen on")
	flag.Parse()
	app, err := jsonrpc.NewApplication(procedures(), nil) // nil: the safe defaults
	if err != nil {
		log.Fatal(err)
	}
	if err := serve(*addr, app); err != nil {
		log.Fatal(err)
	}
}
