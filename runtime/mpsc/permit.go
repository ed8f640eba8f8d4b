package mpsc

// A Permit is room in a channel, set aside by [Sender.Reserve] for one value
// or by [Sender.ReserveN] for several. Sending with it neither waits nor
// fails, so the work of making a value can be left until there is room for it.
//
//	p, err := tx.Reserve(ctx)
//	if err != nil {
//		return err
//	}
//	defer p.Release() // does nothing once the permit is used up
//	v, err := expensive()
//	if err != nil {
//		return err
//	}
//	p.Send(v)
//
// Closing: room that is set aside keeps the channel open. The receiver is not
// told that the end is reached before every permit is used or released, even
// when no sender is left, and even after it closed its own side. A permit that
// is forgotten keeps its room for ever; [chans.Stats] counts it as Reserved.
//
// Memory: a Permit is a small value that names an entry in its channel. It may
// be copied; all copies share the same room. Making one allocates nothing.
// The zero Permit has no room.
//
// A Permit may be used by several goroutines.
type Permit[T any] struct {
	q     *queue[T]
	index int
	turn  uint64
}

// Send sends v with one slot of the permit. It never blocks. If the receiver
// is closed, v can still be received; if it is gone, v is dropped. Send panics
// if the permit has no slot left.
func (p Permit[T]) Send(v T) {
	if p.q == nil {
		panic("mpsc: Send with a zero Permit; make one with Sender.Reserve")
	}
	q := p.q
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.permits.use(p.index, p.turn) {
		panic("mpsc: Send with a Permit that is used up or released")
	}
	q.held--
	if q.rxGone {
		q.sent++
		q.dropped++
	} else {
		q.push(v)
	}
	q.seal()
}

// Release gives back the slots that are left. It is idempotent, and safe on a
// zero Permit.
func (p Permit[T]) Release() {
	if p.q == nil {
		return
	}
	q := p.q
	q.mu.Lock()
	defer q.mu.Unlock()
	left := q.permits.release(p.index, p.turn)
	if left == 0 {
		return
	}
	q.held -= left
	q.grant()
	q.seal()
}

// Len returns the number of slots left.
func (p Permit[T]) Len() int {
	if p.q == nil {
		return 0
	}
	p.q.mu.Lock()
	defer p.q.mu.Unlock()
	return p.q.permits.left(p.index, p.turn)
}

// reserve sets n slots aside, for which there must be room.
func (q *queue[T]) reserve(n int) Permit[T] {
	if n == 0 {
		return Permit[T]{}
	}
	q.held += n
	index, turn := q.permits.add(n)
	return Permit[T]{q, index, turn}
}

// A permitTable says how much each permit of a channel has left. Entries are
// reused; turn tells the permits apart that an entry has stood for, so that a
// stale copy of a permit finds nothing.
type permitTable struct {
	entries []permitEntry
	free    int // index+1 of the first free entry; 0 if none is
}

type permitEntry struct {
	turn uint64
	left int // slots left; 0 if the entry is free
	next int // as permitTable.free
}

func (t *permitTable) add(n int) (index int, turn uint64) {
	if t.free == 0 {
		t.entries = append(t.entries, permitEntry{})
		t.free = len(t.entries)
	}
	index = t.free - 1
	e := &t.entries[index]
	t.free = e.next
	e.left = n
	return index, e.turn
}

func (t *permitTable) left(index int, turn uint64) int {
	if e := &t.entries[index]; e.turn == turn {
		return e.left
	}
	return 0
}

// use takes one slot and reports whether there was one.
func (t *permitTable) use(index int, turn uint64) bool {
	left := t.left(index, turn)
	if left == 0 {
		return false
	}
	if left == 1 {
		t.release(index, turn)
	} else {
		t.entries[index].left--
	}
	return true
}

// release frees the entry and returns how many slots it had left.
func (t *permitTable) release(index int, turn uint64) int {
	left := t.left(index, turn)
	if left > 0 {
		t.entries[index] = permitEntry{turn: turn + 1, next: t.free}
		t.free = index + 1
	}
	return left
}
