// Package suppressed gives reasons.
package suppressed

var samples = make(chan float64, 100_000) //chanlint:ignore unbounded a day of samples, and losing one is worse
