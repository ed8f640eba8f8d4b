package broadcast

import (
	"fmt"

	"github.com/chanlint/chanlint/runtime/chans"
)

// The errors of this package are those of package chans.
var (
	ErrClosed      = chans.ErrClosed
	ErrEmpty       = chans.ErrEmpty
	ErrLagged      = chans.ErrLagged
	ErrNoReceivers = chans.ErrNoReceivers
)

// A LaggedError says how many values a receiver missed. It matches [ErrLagged].
type LaggedError = chans.LaggedError

// maxCapacity is where a capacity must be a mistake: the slots are allocated
// at once.
const maxCapacity = 1 << 30

// New makes a channel that keeps the last capacity values, and returns its
// first sender and its first receiver. It panics if capacity is less than 1 or
// more than 1<<30.
func New[T any](capacity int, opts ...chans.Option) (*Sender[T], *Receiver[T]) {
	if capacity < 1 || capacity > maxCapacity {
		panic(fmt.Sprintf("broadcast: New with capacity %d, which is not within 1 and %d", capacity, maxCapacity))
	}
	r := &ring[T]{
		cfg:     chans.NewConfig(opts...),
		slots:   make([]T, capacity),
		cursors: make(map[*cursor[T]]struct{}),
		senders: 1,
	}
	chans.Register(r.cfg, r)
	return newSender(r), r.subscribe()
}
