package result

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// Machine is what a table was measured on and of.
type Machine struct {
	CPU      string `json:"cpu"`
	Cores    int    `json:"cores"`
	Kernel   string `json:"kernel"`
	Go       string `json:"go"`
	Revision string `json:"revision,omitempty"` // of the project
}

// ThisMachine describes the machine as far as it tells.
func ThisMachine() Machine {
	return Machine{
		CPU:      cpuModel(),
		Cores:    runtime.NumCPU(),
		Kernel:   strings.TrimSpace(runtime.GOOS + " " + firstLine("/proc/sys/kernel/osrelease")),
		Go:       runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH,
		Revision: revision(),
	}
}

func cpuModel() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func firstLine(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return line
}

// revision asks git; "" outside of a clone.
func revision() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty", "--abbrev=12").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
