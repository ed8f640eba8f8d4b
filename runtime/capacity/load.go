package capacity

import (
	"errors"
	"fmt"
	"math"
	"time"
)

var (
	// ErrOverload reports that values arrive faster than the consumers take
	// them, or as fast: no capacity is enough.
	ErrOverload = errors.New("capacity: values arrive faster than they are taken")

	// ErrInput reports a number that makes no sense, such as a negative rate.
	ErrInput = errors.New("capacity: bad input")
)

// Constant is the coefficient of variation of what does not vary.
const Constant = -1

// A Load is what a queue has to do on average. Bursts are another matter: see
// [Plan].
type Load struct {
	Arrivals  float64 // values per second
	Services  float64 // values per second that one consumer takes when it is busy
	Consumers int     // 0 means 1

	// The coefficients of variation, which are the standard deviation by the
	// mean, of the time between two arrivals and of the time that a consumer
	// spends on a value. 0 means 1: arrivals that are independent of each other,
	// and exponential times. Say [Constant] for none.
	ArrivalCV, ServiceCV float64
}

// check returns an error if a formula cannot be applied to l.
func (l Load) check() error {
	switch {
	case !(l.Arrivals > 0) || !(l.Services > 0) || math.IsInf(l.Arrivals, 0) || math.IsInf(l.Services, 0):
		return fmt.Errorf("%w: rates %v and %v, which are not both positive", ErrInput, l.Arrivals, l.Services)
	case l.Consumers < 0:
		return fmt.Errorf("%w: %d consumers", ErrInput, l.Consumers)
	case math.IsNaN(l.ArrivalCV) || math.IsNaN(l.ServiceCV):
		return fmt.Errorf("%w: coefficients of variation %v and %v", ErrInput, l.ArrivalCV, l.ServiceCV)
	case l.Utilization() >= 1:
		return fmt.Errorf("%w: %v for %v", ErrOverload, l.Arrivals, l.Services*float64(l.consumers()))
	}
	return nil
}

func (l Load) consumers() int { return max(l.Consumers, 1) }

// Utilization returns the share of the time for which consumers are busy. From 1
// on, it is what would be needed.
func (l Load) Utilization() float64 {
	return l.Arrivals / (l.Services * float64(l.consumers()))
}

// squared returns the square of a coefficient of variation.
func squared(cv float64) float64 {
	switch {
	case cv == 0:
		return 1
	case cv < 0:
		return 0
	}
	return cv * cv
}

// busy returns the probability that all consumers are: Erlang C.
func (l Load) busy() float64 {
	offered := l.Arrivals / l.Services
	blocked := 1.0 // Erlang B for no consumer
	for n := 1; n <= l.consumers(); n++ {
		blocked = offered * blocked / (float64(n) + offered*blocked)
	}
	return blocked / (1 - l.Utilization()*(1-blocked))
}

// queued returns the mean length of the queue: Allen and Cunneen.
func (l Load) queued() float64 {
	rho := l.Utilization()
	ca, cs := squared(l.ArrivalCV), squared(l.ServiceCV)
	if ca+cs == 0 {
		return 0
	}
	mean := l.busy() * rho / (1 - rho) * (ca + cs) / 2
	if ca < 1 { // Kraemer and Langenbach-Belz
		mean *= math.Exp(-2 * (1 - rho) * (1 - ca) * (1 - ca) / (3 * rho * (ca + cs)))
	}
	return mean
}

// decay returns by how much the queue is less often longer by one.
func (l Load) decay() float64 {
	queued := l.queued()
	return queued / (queued + l.busy())
}

// Wait returns the mean time that a value waits in a buffer that is never full.
func (l Load) Wait() (time.Duration, error) {
	if err := l.check(); err != nil {
		return 0, err
	}
	return seconds(l.queued() / l.Arrivals), nil
}

// Full returns the probability that a send finds all consumers busy and a buffer
// of capacity k full, if sends wait for room.
func (l Load) Full(k int) (float64, error) {
	if err := l.check(); err != nil {
		return 0, err
	}
	return l.full(k), nil
}

func (l Load) full(k int) float64 {
	return l.busy() * math.Pow(l.decay(), float64(max(k, 0)))
}

// Loss returns the share of values that a buffer of capacity k refuses, if sends
// do not wait for room.
func (l Load) Loss(k int) (float64, error) {
	if err := l.check(); err != nil {
		return 0, err
	}
	return l.loss(k), nil
}

func (l Load) loss(k int) float64 {
	full, rho := l.full(k), l.Utilization()
	return (1 - rho) * full / (1 - rho*full)
}

// ForFull returns the smallest capacity with which the share of sends that have to
// wait for room is at most p.
func (l Load) ForFull(p float64) (int, error) { return l.smallest(l.full, p) }

// ForLoss returns the smallest capacity with which the share of values that are
// refused is at most p.
func (l Load) ForLoss(p float64) (int, error) { return l.smallest(l.loss, p) }

// smallest returns the smallest capacity for which f, which falls, is at most p.
func (l Load) smallest(f func(int) float64, p float64) (int, error) {
	if err := l.check(); err != nil {
		return 0, err
	}
	if err := checkShare(p); err != nil {
		return 0, err
	}
	high := 1
	for f(high) > p {
		if high > math.MaxInt32 {
			return 0, fmt.Errorf("%w: it takes more than %d places", ErrOverload, high)
		}
		high *= 2
	}
	low := -1 // f(low) > p, or low is -1
	for high-low > 1 {
		if mid := (low + high) / 2; f(mid) > p {
			low = mid
		} else {
			high = mid
		}
	}
	return high, nil
}

func checkShare(p float64) error {
	if !(p > 0 && p < 1) {
		return fmt.Errorf("%w: share %v, which is not between 0 and 1", ErrInput, p)
	}
	return nil
}

// Within returns the largest capacity with which a value that is accepted last waits
// no longer than d until it is taken, if the consumers take them at their mean
// rate: Little's law. What exceeds it is better refused.
func (l Load) Within(d time.Duration) int {
	return max(int(d.Seconds()*l.Services*float64(l.consumers())), 0)
}

// seconds returns a duration, and the longest for what is longer.
func seconds(s float64) time.Duration {
	if d := s * float64(time.Second); d < math.MaxInt64 {
		return time.Duration(d)
	}
	return math.MaxInt64
}
