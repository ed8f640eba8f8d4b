// Package suppressed gives reasons.
package suppressed

func newSamples() chan float64 {
	return make(chan float64, 100_000) //chanlint:ignore unbounded a day of samples, and losing one is worse
}

// A reason that is for another pass silences nothing.
func newTraces() chan float64 {
	//chanlint:ignore chanleak the reader never ends
	return make(chan float64, 100_000) // want `this channel has room for 100000 elements`
}
