package near

import "sync"

// A visitor is a set of callbacks. Some wrap those of another visitor.
type visitor struct {
	enter func(string) bool
	leave func(string)
}

func walk(names []string, v *visitor) {
	for _, name := range names {
		if v.enter(name) {
			v.leave(name)
		}
	}
}

// The callback locks a mutex of this call, and calls that of the visitor it
// wraps, which is another one, and locks that of another call if any.
func wrapOther(names []string, inner *visitor) {
	var mu sync.Mutex
	seen := make(map[string]bool)
	walk(names, &visitor{
		enter: func(name string) bool {
			mu.Lock()
			defer mu.Unlock()
			if seen[name] {
				return false
			}
			seen[name] = true
			return inner.enter(name)
		},
		leave: inner.leave,
	})
}

// The same with a lock in the object that the callback was made for.
type guide struct {
	mu   sync.Mutex
	seen int
	next *guide
	v    *visitor
}

func newGuide() *guide {
	g := &guide{}
	g.v = &visitor{
		enter: func(string) bool {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.seen++
			return true
		},
		leave: func(string) {},
	}
	return g
}

// The callback of the next guide locks that one.
func (g *guide) callOther(name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.next.v.enter(name)
}

// A hooked thing's hook is called by a method, for another one than it was given
// to.
type hooked struct{ hook func() }

func (h *hooked) fire() { h.hook() }

func hookOther(other *hooked) (n int) {
	var mu sync.Mutex
	h := &hooked{}
	h.hook = func() {
		mu.Lock()
		defer mu.Unlock()
		n++
	}
	mu.Lock()
	other.fire()
	mu.Unlock()
	h.fire()
	return n
}

// An index's callback locks what the index is given, and is called for another
// index than it was stored in.
type index struct {
	words struct{ add func(string) }
}

func addToOther(ix, other *index, d *dictionary) {
	ix.words.add = func(word string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.words[word]++
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for word := range d.words {
		other.words.add(word)
	}
}

type dictionary struct {
	mu    sync.Mutex
	words map[string]int
}
