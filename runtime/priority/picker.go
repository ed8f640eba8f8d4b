package priority

import (
	"context"

	"github.com/chanlint/chanlint/runtime/chans"
)

// ErrClosed reports that every source is closed or nil.
var ErrClosed = chans.ErrClosed

// A Picker bounds how long sources are passed over. It remembers from one call
// to the next who was, so it belongs to one loop with the same sources in the
// same order, and to one goroutine at a time. The zero Picker bounds nothing, and
// neither does nil.
type Picker struct {
	// MaxStreak is how many receives from more important sources may pass over
	// one without a look at it. The next receive looks at that one first; if
	// several are due, at the one that was passed over most often. So if n
	// sources have values all the time, each is received from at least once in
	// MaxStreak+n-1 receives. Zero means no bound.
	MaxStreak int

	passed []int // by source: receives from those before it since it was last asked
}

// bounds reports whether p has any effect.
func (p *Picker) bounds() bool { return p != nil && p.MaxStreak > 0 }

// due returns which of n sources is to be asked first, or -1 if none is.
func (p *Picker) due(n int) int {
	if !p.bounds() {
		return -1
	}
	if len(p.passed) != n {
		p.passed = make([]int, n)
	}
	due := -1
	for i, k := range p.passed {
		if k >= p.MaxStreak && (due < 0 || k > p.passed[due]) {
			due = i
		}
	}
	return due
}

// asked notes that source i was asked.
func (p *Picker) asked(i int) {
	if p.bounds() {
		p.passed[i] = 0
	}
}

// took notes that a value was received from source from, without a question to
// those behind it.
func (p *Picker) took(from int) {
	if !p.bounds() {
		return
	}
	p.passed[from] = 0
	for i := from + 1; i < len(p.passed); i++ {
		p.passed[i]++
	}
}

// An answer is what a source says when asked for a value.
type answer int

const (
	nothing answer = iota // not now
	value                 // here it is
	ended                 // never again
)

// choose receives from one of n sources. ask asks one of them without waiting;
// wait waits for any of them or the context and returns which one, or -1.
// choose returns the number of the source, from 1, or 0 and an error.
func (p *Picker) choose(ctx context.Context, n int, ask func(int) answer, wait func() (int, answer)) (int, error) {
	for {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		for due := p.due(n); due >= 0; due = p.due(n) {
			if ask(due) == value {
				p.took(due)
				return due + 1, nil
			}
			p.asked(due)
		}
		gone := 0
		for i := range n {
			switch ask(i) {
			case value:
				p.took(i)
				return i + 1, nil
			case ended:
				gone++
			}
			p.asked(i)
		}
		if gone == n {
			return 0, ErrClosed
		}
		if i, a := wait(); a == value {
			return i + 1, nil
		}
	}
}

// ask receives from *c without waiting. It makes *c nil if it is closed, so that
// a wait passes it over.
func ask[T any](c *<-chan T, v *T) answer {
	if *c == nil {
		return ended
	}
	select {
	case got, ok := <-*c:
		return accept(c, v, got, ok)
	default:
		return nothing
	}
}

// accept interprets what a receive from *c has returned.
func accept[T any](c *<-chan T, v *T, got T, ok bool) answer {
	if !ok {
		*c = nil
		return ended
	}
	*v = got
	return value
}
