package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shells are those that runrpc completes in: how each is started without the user's own settings.
var shells = []struct {
	name string
	args []string
	load string // what a user writes into the settings
}{
	{"bash", []string{"--noprofile", "--norc", "-i"}, "source <(runrpc completion bash); PS1='REA''DY> '"},
	{"zsh", []string{"-f", "-i"}, "autoload -U compinit; compinit -u -d compdump; source <(runrpc completion zsh); PS1='REA''DY> '"},
	{"fish", []string{"--no-config", "-i"}, "runrpc completion fish | source; function fish_prompt; echo -n 'REA''DY> '; end"},
}

// What somebody types at a shell, with tabs, and what is sent then.
func TestShells(t *testing.T) {
	t.Parallel()
	bin := t.TempDir()
	if err := os.Symlink(runrpc, filepath.Join(bin, "runrpc")); err != nil {
		t.Fatal(err)
	}
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(shell.name); err != nil {
				t.Skipf("%s is not installed", shell.name)
			}
			p := describes(t, map[string]string{"rpc.discover": manyMethods}, nil)
			port := p.URL[strings.LastIndex(p.URL, ":"):]
			cmd := exec.Command(shell.name, shell.args...)
			cmd.Dir = t.TempDir()
			if err := os.WriteFile(filepath.Join(cmd.Dir, "params.json"), []byte(`[1]`), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+cmd.Dir, "TERM=xterm", "NO_PROXY=*", "HISTFILE=")
			term := inTerminal(t, cmd)
			term.types(shell.load + "\n")
			term.screen.await(t, "READY> ")
			for _, test := range []struct{ keys, want string }{
				{"runrpc ca\t " + port + " cre\t new\t5\r", `{"jsonrpc":"2.0","method":"create_pet","params":{"newPet":5},"id":1}`},
				{"runrpc call --noti\t 127.0.0.1" + port + " cre\t note=x ne\t1\r", `{"jsonrpc":"2.0","method":"create_pet","params":{"note":"x","newPet":1}}`},
				{"runrpc call " + port + " registration::b\t\r", `{"jsonrpc":"2.0","method":"registration::by_email::send","id":1}`},
				{"runrpc call " + port + " wei\t\r", `{"jsonrpc":"2.0","method":"weird name","id":1}`},
				{"runrpc call " + port + " m @par\t\r", `{"jsonrpc":"2.0","method":"m","params":[1],"id":1}`},
				{"runrpc call " + port + " m x:=@par\t\r", `{"jsonrpc":"2.0","method":"m","params":{"x":[1]},"id":1}`},
			} {
				term.types(test.keys)
				got := p.await(t, "rpc.discover")
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("%q (-want +got):\n%s\n%s", test.keys, diff, term.screen)
				}
			}
		})
	}
}

// await waits for a request that does not call a method, and returns it.
func (p *peer) await(t *testing.T, not string) string {
	t.Helper()
	limit := time.After(patience)
	for {
		for _, sent := range p.received() {
			if !strings.Contains(sent, not) {
				return sent
			}
		}
		select {
		case <-p.posted:
		case <-limit:
			t.Fatal("nothing was sent")
		}
	}
}
