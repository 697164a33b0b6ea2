package serve

import (
	"testing"
	"testing/synctest"
	"time"
)

// Restarts come later and later, until a version has served for a while.
func TestRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r restart
		if r.planned() || r.due() != nil {
			t.Error("one is planned from the beginning")
		}
		plan := func(want time.Duration) {
			t.Helper()
			start := time.Now()
			if got := r.plan(); got != want || !r.planned() {
				t.Errorf("planned in %v, want %v", got, want)
			}
			<-r.due()
			if got := time.Since(start); got != want {
				t.Errorf("due in %v, want %v", got, want)
			}
			r.began()
			if r.planned() || r.due() != nil {
				t.Error("one is planned still")
			}
		}
		for _, seconds := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
			plan(seconds * time.Second)
		}
		time.Sleep(steady + 1)
		plan(soonest)
		plan(2 * soonest)
	})
}
