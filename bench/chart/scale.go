package chart

import (
	"fmt"
	"math"
	"strconv"
)

// Format writes a value beside a tick or a bar.
type Format func(float64) string

// scale maps values from lo to hi to places from start to end.
type scale struct {
	lo, hi     float64
	start, end float64
	log        bool
}

func (s scale) at(v float64) float64 {
	lo, hi := s.lo, s.hi
	if s.log {
		lo, hi, v = math.Log(lo), math.Log(hi), math.Log(v)
	}
	return s.start + (v-lo)/(hi-lo)*(s.end-s.start)
}

// powers returns a logarithmic scale around values between powers of base, and its ticks.
// Values that are not positive have no place on it.
func powers(values []float64, base, start, end float64) (scale, []float64) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v > 0 {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi {
		lo, hi = 1, 1
	}
	// The little that is added keeps a value at a power from rounding to the next.
	first := math.Floor(math.Log(lo)/math.Log(base) + 1e-9)
	last := math.Ceil(math.Log(hi)/math.Log(base) - 1e-9)
	last = max(last, first+1)
	var ticks []float64
	for p := first; p <= last; p++ {
		ticks = append(ticks, math.Pow(base, p))
	}
	return scale{ticks[0], ticks[len(ticks)-1], start, end, true}, ticks
}

// Duration formats nanoseconds.
func Duration(ns float64) string {
	switch {
	case ns < 1e3:
		return digits(ns) + " ns"
	case ns < 1e6:
		return digits(ns/1e3) + " µs"
	case ns < 1e9:
		return digits(ns/1e6) + " ms"
	}
	return digits(ns/1e9) + " s"
}

// Size formats bytes.
func Size(bytes float64) string {
	switch {
	case bytes < 1e3:
		return digits(bytes) + " B"
	case bytes < 1e6:
		return digits(bytes/1e3) + " kB"
	case bytes < 1e9:
		return digits(bytes/1e6) + " MB"
	}
	return digits(bytes/1e9) + " GB"
}

// Count formats a number.
func Count(n float64) string {
	switch {
	case n < 1e3:
		return digits(n)
	case n < 1e6:
		return digits(n/1e3) + "k"
	}
	return digits(n/1e6) + "M"
}

// Ratio formats how many times as much something is.
func Ratio(x float64) string { return digits(x) + "×" }

// power formats a power of 2 as a tick of ratios.
func power(x float64) string {
	if x < 1 {
		return "1/" + digits(1/x)
	}
	return Ratio(x)
}

// Share formats a part of a whole.
func Share(x float64) string { return fmt.Sprintf("%.0f%%", 100*x) }

// digits writes three significant digits at most, and all those before the point.
func digits(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(math.Round(v), 'f', -1, 64)
	}
	return strconv.FormatFloat(round3(v), 'f', -1, 64)
}

// round3 rounds to three significant digits.
func round3(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		return v
	}
	return r
}
