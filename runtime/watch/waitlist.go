package watch

// A waitList holds those who are to be woken by the next change.
type waitList struct{ calls []call }

// A call is how one waiter is woken.
type call struct {
	by *bell
	ch chan struct{} // by.ch at the time of the call
}

// A bell is one way to wake a receiver. Its fields are guarded by watch.mu.
type bell struct {
	once bool          // rung by closing ch, which all hear; else by a token for one
	ch   chan struct{} // made when first used; anew after each ring, if once
	at   int           // position in the list, from 1; 0 if not on it
}

// add puts b on the list, if it is not on it.
func (l *waitList) add(b *bell) {
	if b.at > 0 {
		return
	}
	l.calls = append(l.calls, call{b, b.ch})
	b.at = len(l.calls)
}

// remove takes b off the list, if it is on it, and reports whether it was. The
// last one moves to its place.
func (l *waitList) remove(b *bell) bool {
	if b.at == 0 {
		return false
	}
	last := len(l.calls) - 1
	moved := l.calls[last]
	l.calls[b.at-1] = moved
	moved.by.at = b.at
	l.calls[last] = call{}
	l.calls = l.calls[:last]
	b.at = 0
	return true
}

// release lets the bells be put on another list, while this one is being rung.
func (l *waitList) release() {
	for i := range l.calls {
		l.calls[i].by.at = 0
	}
}

// ring rings all and empties the list, which nobody else uses any more.
func (l *waitList) ring() {
	for _, c := range l.calls {
		if c.by.once {
			close(c.ch)
		} else {
			token(c.ch)
		}
	}
	clear(l.calls)
	l.calls = l.calls[:0]
}

// token leaves one token in ch, which has room for one.
func token(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default: // one is there already
	}
}

// closedChan is given to those who ask to wait for what has happened already.
var closedChan = make(chan struct{})

func init() { close(closedChan) }
