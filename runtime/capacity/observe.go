package capacity

import (
	"fmt"
	"math"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

// An Observation is what a queue did in some time.
type Observation struct {
	Arrivals   float64       // values per second that were accepted or refused
	Departures float64       // values per second that were received
	Full       float64       // share of the sends that found the queue full
	Blocked    time.Duration // mean wait of those that waited
	HighWater  int           // largest length seen since the queue was made
	Cap        int
}

// Observe compares two snapshots of a queue.
func Observe(before, after chans.Stats, elapsed time.Duration) (Observation, error) {
	if elapsed <= 0 || after.Sent < before.Sent || after.Cap != before.Cap {
		return Observation{}, fmt.Errorf("%w: snapshots %v apart, with %d values before and %d after",
			ErrInput, elapsed, before.Sent, after.Sent)
	}
	refused := after.Full - before.Full
	arrived := after.Sent - before.Sent + refused
	blocked := after.Blocked - before.Blocked
	o := Observation{
		Arrivals:   float64(arrived) / elapsed.Seconds(),
		Departures: float64(after.Received-before.Received) / elapsed.Seconds(),
		HighWater:  after.HighWater,
		Cap:        after.Cap,
	}
	if arrived > 0 {
		o.Full = float64(blocked+refused) / float64(arrived)
	}
	if blocked > 0 {
		o.Blocked = (after.BlockedFor - before.BlockedFor) / time.Duration(blocked)
	}
	return o, nil
}

// ForFull returns the capacity with which about a share p of the sends would
// find the queue full, if the load stays as it was and its queue is geometric with
// one consumer. If no send found it full, that is all that is known, and
// ForFull returns the high-water mark. It returns [ErrOverload] if more than four of five did.
func (o Observation) ForFull(p float64) (int, error) {
	if err := checkShare(p); err != nil {
		return 0, err
	}
	switch {
	case o.Full == 0:
		return o.HighWater, nil
	case o.Full > 0.8: // too close to 1 to tell overload from bad luck
		return 0, fmt.Errorf("%w: %.0f %% of the sends found the queue full", ErrOverload, 100*o.Full)
	}
	// A geometric queue is longer than k with probability s^(k+1), so that the
	// logarithms of two such probabilities are as their capacities plus one.
	places := float64(o.Cap+1) * math.Log(p) / math.Log(o.Full)
	return max(int(math.Ceil(places))-1, 0), nil
}
