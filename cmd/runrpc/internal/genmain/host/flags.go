package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/runrpc/jsonrpc/cmd/runrpc/internal/genmain/host/settings"
)

// errUsage is an error in the command line.
var errUsage = errors.New("--help tells the usage")

// readFlags changes s as the environment and, before it, the command line says. What they ask for may be an
// answer alone.
func readFlags(s *settings.Settings, args []string, out io.Writer) (answered bool, err error) {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&s.Addr, "addr", s.Addr, "")
	flags.StringVar((*string)(&s.Log), "log", string(s.Log), "")
	flags.StringVar((*string)(&s.LogLevel), "log-level", string(s.LogLevel), "")
	flags.BoolVar(&s.Quiet, "quiet", s.Quiet, "")
	flags.BoolVar(&s.Quiet, "q", s.Quiet, "")
	version := flags.Bool("version", false, "")
	flags.StringVar(&s.Certificate.Cert, "tls-cert", s.Certificate.Cert, "")
	flags.StringVar(&s.Certificate.Key, "tls-key", s.Certificate.Key, "")
	for _, name := range []string{"addr", "log", "log-level", "tls-cert", "tls-key"} {
		variable := "RUNRPC_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if value := os.Getenv(variable); value != "" {
			_ = flags.Set(name, value) // any text will do
		}
	}
	err = flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return true, usage(out, *s)
	case err != nil:
		return false, fmt.Errorf("%w (%w)", err, errUsage)
	case flags.NArg() > 0:
		return false, fmt.Errorf("found the argument %q, want flags alone (%w)", flags.Arg(0), errUsage)
	case s.Certificate.Given() != (s.Certificate.Key != ""):
		return false, fmt.Errorf("found one of --tls-cert and --tls-key, want both or none (%w)", errUsage)
	case !s.Log.Known():
		return false, fmt.Errorf("--log: found %q, want auto, text, json or off (%w)", s.Log, errUsage)
	case !s.LogLevel.Known():
		return false, fmt.Errorf("--log-level: found %q, want info, warn or error (%w)", s.LogLevel, errUsage)
	case *version:
		return true, tellVersion(out, s.Built)
	}
	return false, nil
}

func usage(out io.Writer, s settings.Settings) error {
	_, err := fmt.Fprintf(out, `Usage: %s [flags]

Serves %s over HTTP JSON-RPC.

  --addr HOST:PORT           Address to listen on; port 0 takes a free one (%s, or RUNRPC_ADDR).
  --log auto|text|json|off   A log line for each call: text for people, json for programs; off: incidents
                             alone; auto: text on a terminal, json elsewhere (%s, or RUNRPC_LOG).
  --log-level LEVEL          The least that is logged: info, warn or error (%s, or RUNRPC_LOG_LEVEL).
  --tls-cert, --tls-key FILE The certificate and its key in PEM form, for https (RUNRPC_TLS_CERT, RUNRPC_TLS_KEY).
  -q, --quiet                Nothing but errors.
  --version                  Tell what this was built from.
  --help                     Tell this.
`, name(), strings.Join(s.Built.Packages, ", "), s.Addr, s.Log, s.LogLevel)
	return err
}

func tellVersion(out io.Writer, b settings.Built) error {
	revision := b.Revision
	if revision == "" {
		revision = "no known revision"
	}
	_, err := fmt.Fprintf(out, "%s: %s, %s\nbuilt with github.com/runrpc/jsonrpc %s (%s %s/%s)\n",
		name(), strings.Join(b.Packages, ", "), revision, b.Toolkit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
