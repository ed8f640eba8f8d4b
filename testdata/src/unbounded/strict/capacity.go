package strict

import "context"

type event struct {
	id   uint64
	body string
}

type server struct {
	events chan event
	frames chan [4096]byte
}

const backlog = 50_000

func newServer() *server {
	return &server{
		events: make(chan event, backlog),  // want `^events has room for 50000 elements of 24 bytes, 1171 KiB in all, which hides a receiver that is too slow; size it for a burst$`
		frames: make(chan [4096]byte, 512), // want `frames has room for 512 elements of 4096 bytes, 2048 KiB in all`
	}
}

func newServerFixed() *server {
	return &server{
		events: make(chan event, 256),
		frames: make(chan [4096]byte, 16),
	}
}

func (s *server) add(e event, frame [4096]byte) {
	s.events <- e
	s.frames <- frame
	lines <- e.body
}

var lines = make(chan string, 10_000) // want `lines has room for 10000 elements of 16 bytes, 156 KiB in all`

var pending = 65_536

func newPending() <-chan int {
	ch := make(chan int, pending) // want `ch has room for 65536 elements of 8 bytes, 512 KiB in all`
	go func() { ch <- 1 }()
	return ch
}

// As many are sent as there is room for.
func filled() int {
	const n = 20_000
	results := make(chan int, n)
	for i := range n {
		go func() { results <- i }()
	}
	sum := 0
	for range n {
		sum += <-results
	}
	return sum
}

// What has no size costs nothing.
var done = make(chan struct{}, 100_000)

// Permits are no queue.
type pool struct{ permits chan int }

func newPool() *pool { return &pool{permits: make(chan int, 20_000)} }

func (p *pool) do(f func()) {
	p.permits <- 1
	defer func() { <-p.permits }()
	f()
}

// Buffers that are free, of which some may be thrown away.
type buffers struct{ free chan []byte }

func newBuffers() *buffers { return &buffers{free: make(chan []byte, 10_000)} }

func (b *buffers) get() []byte {
	select {
	case buf := <-b.free:
		return buf
	default:
		return make([]byte, 1<<10)
	}
}

func (b *buffers) put(buf []byte) {
	select {
	case b.free <- buf:
	default:
	}
}

// Who finds no room drops what it has, and says so.
type outbox struct {
	records chan item
	dropped int
}

func newOutbox() *outbox { return &outbox{records: make(chan item, 10_000)} }

func (o *outbox) send(i item) {
	select {
	case o.records <- i:
	default:
		o.dropped++
	}
}

func (o *outbox) run() {
	for range o.records {
		search(nil)
	}
}

// Who sends is not seen, and may drop.
func newRecords() chan item { return make(chan item, 10_000) }

// One sender drops, and the one that waits is there to empty the channel.
type cache struct{ changes chan item }

func newCache() *cache { return &cache{changes: make(chan item, 32_768)} }

func (c *cache) set(i item) bool {
	select {
	case c.changes <- i:
		return true
	default:
		return false
	}
}

func (c *cache) flush() { c.changes <- item{} }

// The context of the caller ends the wait.
type conn struct{ out chan []byte }

func newConn() *conn { return &conn{out: make(chan []byte, 65_535)} }

func (c *conn) writeContext(ctx context.Context, b []byte) error {
	select {
	case c.out <- b:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
