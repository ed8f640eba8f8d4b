// Package suppressed gives reasons.
package suppressed

type samples struct{ in, traces chan float64 }

func newSamples() *samples {
	s := &samples{}
	s.in = make(chan float64, 100_000) //chanlint:ignore unbounded a day of samples, and losing one is worse
	// A reason that is for another pass silences nothing.
	//chanlint:ignore chanleak the reader never ends
	s.traces = make(chan float64, 100_000) // want `traces has room for 100000 elements`
	return s
}

func (s *samples) add(v float64) {
	s.in <- v
	s.traces <- v
}
