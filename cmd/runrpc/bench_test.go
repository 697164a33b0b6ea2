package main_test

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkStart measures from the start of runrpc to the first answer, with all in go's build cache.
func BenchmarkStart(b *testing.B) {
	answered := func() *process {
		p := serve(b, "../..", "./examples/hello")
		p.wantResult("hello.add", `[1,2]`, `3`)
		return p
	}
	answered().stop()
	for b.Loop() {
		p := answered()
		b.StopTimer()
		p.stop()
		b.StartTimer()
	}
}

// pause is what lies between two edits: after each, runrpc looks what the new version is made of.
const pause = 500 * time.Millisecond

// BenchmarkReload measures from the saving of a file to the first answer of the new version.
func BenchmarkReload(b *testing.B) {
	p := live(b, files{"go.mod": userModule, "hello/h.go": say("0")}, "--log=off", "hello")
	for version := 1; b.Loop(); version++ {
		b.StopTimer()
		<-time.After(pause)
		b.StartTimer()
		p.edit("hello/h.go", say(fmt.Sprint(version)))
		p.next(again)
		p.wantResult("hello.say", `[]`, fmt.Sprintf(`"%d"`, version))
	}
}
