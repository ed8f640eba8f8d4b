package oneshot

import "sync"

// A phase says how far a pair has come. It only moves forward.
type phase uint8

const (
	open   phase = iota // nothing sent, nothing closed
	sent                // the value is in pair.val
	handed              // the value was put into pair.out, and may still be there
	over                // the value was taken, or none will come
)

// A pair is what both ends share.
//
// A mutex rather than a state word: a lock-free form was measured and gained
// nothing that shows beside the allocation and the wake-up, and it needs a
// place of its own for each moment at which a close can meet a half-done send.
type pair[T any] struct {
	mu    sync.Mutex
	phase phase
	val   T             // Inv: zero unless phase is sent
	done  chan struct{} // nil until somebody waits; closed once phase has left open
	out   chan T        // nil until C is called; closed when phase leaves open
}

// closedChan is given to those who ask when all is decided.
var closedChan = make(chan struct{})

func init() { close(closedChan) }

// decide moves an open pair on to phase to, with v as its value if that is
// sent, and wakes who waits. It reports false if the pair was not open.
func (p *pair[T]) decide(to phase, v T) bool {
	p.mu.Lock()
	if p.phase != open {
		p.mu.Unlock()
		return false
	}
	p.phase, p.val = to, v
	if p.out != nil {
		p.handOut()
	}
	done := p.done
	p.mu.Unlock() // first, or the woken receiver would run into the lock
	if done != nil {
		close(done)
	}
	return true
}

// close decides that there will be no value, unless it is decided.
func (p *pair[T]) close() {
	var none T
	p.decide(over, none)
}

// handOut puts the value, if there is one, into p.out and closes it. It cannot
// block: out has room for one, and this happens once. p.mu is held.
func (p *pair[T]) handOut() {
	if p.phase == sent {
		p.out <- p.clearVal()
		p.phase = handed
	}
	close(p.out)
}

// take takes the value, or says why there is none.
func (p *pair[T]) take() (T, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.takeLocked()
}

// takeOrWait is take, but if all is still open it returns a channel that is
// closed when that changes.
func (p *pair[T]) takeOrWait() (v T, done <-chan struct{}, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.phase == open {
		return v, p.doneLocked(), nil
	}
	v, err = p.takeLocked()
	return v, nil, err
}

func (p *pair[T]) takeLocked() (v T, err error) {
	switch p.phase {
	case open:
		return v, ErrEmpty
	case sent:
		p.phase = over
		return p.clearVal(), nil
	case handed:
		v, ok := <-p.out // closed, so this does not wait
		p.phase = over
		if ok {
			return v, nil
		}
	}
	return v, ErrClosed
}

// clearVal returns the value and lets go of it. p.mu is held.
func (p *pair[T]) clearVal() T {
	v := p.val
	var zero T
	p.val = zero
	return v
}

// state returns the phase, seen by somebody who may have missed that the value
// was received from out.
func (p *pair[T]) state() phase {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.phase == handed && len(p.out) == 0 {
		p.phase = over
	}
	return p.phase
}

// doneChan returns a channel that is closed when phase leaves open.
func (p *pair[T]) doneChan() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.doneLocked()
}

func (p *pair[T]) doneLocked() <-chan struct{} {
	switch {
	case p.done != nil:
	case p.phase != open:
		return closedChan
	default:
		p.done = make(chan struct{})
	}
	return p.done
}

// outChan returns the channel that delivers the value.
func (p *pair[T]) outChan() <-chan T {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out == nil {
		p.out = make(chan T, 1)
		if p.phase != open {
			p.handOut()
		}
	}
	return p.out
}
