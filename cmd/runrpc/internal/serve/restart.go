package serve

import "time"

// A restart is when a version that has ended by itself is started again. The zero value plans none.
type restart struct {
	timer *time.Timer // nil: none is planned
	wait  time.Duration
	start time.Time // of the version
}

const (
	soonest = time.Second
	latest  = 30 * time.Second
	// steady is how long a version has to have served for the next restart to come soon again.
	steady = 10 * time.Second
)

// began notes that a version has begun to serve.
func (r *restart) began() {
	r.cancel()
	r.start = time.Now()
}

// plan plans one and returns in how much time it will be due.
func (r *restart) plan() time.Duration {
	r.cancel()
	if r.wait = min(2*r.wait, latest); r.wait == 0 || time.Since(r.start) > steady {
		r.wait = soonest
	}
	r.timer = time.NewTimer(r.wait)
	return r.wait
}

func (r *restart) planned() bool { return r.timer != nil }

// due returns where the planned one is told, nil if there is none.
func (r *restart) due() <-chan time.Time {
	if r.timer == nil {
		return nil
	}
	return r.timer.C
}

func (r *restart) cancel() {
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
}
