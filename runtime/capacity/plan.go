package capacity

import (
	"fmt"
	"math"
	"time"
)

// margin is how many standard deviations a normal variable exceeds its mean by in
// one case of a hundred.
const margin = 2.326

// A Burst is a time with many values, and what there is to cope with it.
type Burst struct {
	Produce  float64       // values per second during the burst
	Base     float64       // values per second afterwards
	Consume  float64       // values per second that all consumers together take
	Duration time.Duration // of the burst
	Wait     time.Duration // 99 of 100 values are to wait no longer; 0 means any time

	// The coefficients of variation, as in [Load].
	ArrivalCV, ServiceCV float64
}

// A Result is what [Plan] recommends and what is then to be expected.
type Result struct {
	Burst    Burst
	Capacity int // recommended

	Backlog int           // values queued at the end of 99 of 100 bursts, if there is room
	Wait    time.Duration // that 99 of 100 values do not exceed, with Capacity
	Blocked time.Duration // for which senders are held up in a burst, with Capacity
	Recover time.Duration // from the end of the burst until the queue is empty

	// Consume is the rate at which nobody is held up and Burst.Wait is kept. It
	// is Burst.Consume if that is enough.
	Consume float64
}

// Plan chooses a capacity for b: the backlog of the burst, but no more than the
// values that are consumed within b.Wait. In the latter case senders are held up
// during the burst, for Result.Blocked, unless there are more consumers. Plan
// returns [ErrOverload] if the consumers do not keep up even between the bursts, or
// if the backlog is more than any buffer holds.
func Plan(b Burst) (Result, error) {
	switch {
	case !(b.Produce > 0 && b.Consume > 0 && b.Base >= 0) || b.Duration <= 0 || b.Wait < 0 ||
		math.IsInf(b.Produce+b.Consume+b.Base, 0):
		return Result{}, fmt.Errorf("%w: burst %+v", ErrInput, b)
	case b.Base >= b.Consume:
		return Result{}, fmt.Errorf("%w: %v for %v between bursts", ErrOverload, b.Base, b.Consume)
	}
	backlog := b.backlog(b.Consume)
	if backlog > math.MaxInt32 {
		return Result{}, fmt.Errorf("%w: a backlog of %.2g values", ErrOverload, backlog)
	}
	r := Result{Burst: b, Backlog: int(backlog), Consume: b.Consume}
	r.Capacity = max(r.Backlog, 1)
	if b.Wait > 0 {
		r.Capacity = max(int(min(backlog, b.Consume*b.Wait.Seconds())), 1)
		r.Consume = b.enough()
	}
	queue := min(float64(r.Capacity), float64(r.Backlog))
	r.Recover = seconds(queue / (b.Consume - b.Base))
	r.Wait = seconds(queue / b.Consume)
	if r.Backlog > r.Capacity {
		r.Blocked = time.Duration(float64(b.Duration) * (1 - queue/float64(r.Backlog)))
	}
	return r, nil
}

// backlog returns the length of the queue that 99 of 100 bursts do not exceed when
// values are consumed at the rate given, a whole number that an int may not hold.
func (b Burst) backlog(consume float64) float64 {
	d := b.Duration.Seconds()
	noise := math.Sqrt((b.Produce*squared(b.ArrivalCV) + consume*squared(b.ServiceCV)) * d)
	mean := (b.Produce - consume) * d
	if mean <= 0 { // all that a queue can do is to drift along
		mean = 0
	}
	n := min(mean+margin*noise, b.Produce*d)
	if b.Produce < consume {
		steady := Load{Arrivals: b.Produce, Services: consume, ArrivalCV: b.ArrivalCV, ServiceCV: b.ServiceCV}
		if k, err := steady.ForFull(0.01); err == nil {
			n = min(n, float64(k))
		}
	}
	return math.Ceil(n)
}

// enough returns the smallest rate, at least that of b, at which the backlog is
// consumed within b.Wait.
func (b Burst) enough() float64 {
	fits := func(rate float64) bool { return b.backlog(rate) <= rate*b.Wait.Seconds() }
	low, high := b.Consume, b.Consume
	for !fits(high) {
		low, high = high, 2*high
	}
	for range 50 {
		if mid := (low + high) / 2; fits(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	if fits(b.Consume) {
		return b.Consume
	}
	return math.Ceil(high)
}

// at returns the length of the queue at some time after the start of the burst,
// as a flow with the backlog at its end.
func (r Result) at(t time.Duration) float64 {
	limit := min(float64(r.Capacity), float64(r.Backlog))
	rising := float64(r.Backlog) * t.Seconds() / r.Burst.Duration.Seconds()
	falling := limit - (t-r.Burst.Duration).Seconds()*(r.Burst.Consume-r.Burst.Base)
	return max(min(rising, falling, limit), 0)
}
