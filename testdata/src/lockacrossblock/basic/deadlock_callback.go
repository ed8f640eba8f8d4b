package basic

import "sync"

// A watcher's callbacks are called with a lock held that they take, and the
// watcher is the one that they were given to.
type watcher struct {
	found func(string)
}

func callOwnField(names []string) (n int) {
	var mu sync.Mutex
	w := &watcher{}
	w.found = func(string) {
		mu.Lock()
		defer mu.Unlock()
		n++
	}
	for _, name := range names {
		mu.Lock()
		w.found(name) // want `^mu, locked on line \d+, is locked again`
		mu.Unlock()
	}
	return n
}

func callOwnFieldAfterUnlock(names []string) (n int) {
	var mu sync.Mutex
	w := &watcher{}
	w.found = func(string) {
		mu.Lock()
		defer mu.Unlock()
		n++
	}
	for _, name := range names {
		mu.Lock()
		n--
		mu.Unlock()
		w.found(name)
	}
	return n
}

type dictionary struct {
	mu    sync.Mutex
	words map[string]int
}

type index struct {
	words struct{ add func(string) }
}

func callOwnFieldOfField(ix *index, d *dictionary) {
	ix.words.add = func(word string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.words[word]++
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for word := range d.words {
		ix.words.add(word) // want `^d\.mu, locked on line \d+, is locked again`
	}
}

// The callback takes the lock of the object that it is a field of.
type diary struct {
	mu    sync.Mutex
	lines []string
	write func(string)
}

func newDiary() *diary {
	d := &diary{}
	d.write = func(s string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.lines = append(d.lines, s)
	}
	return d
}

func (d *diary) callFieldUnderLock(s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.write(s) // want `^d\.mu, locked on line \d+, is locked again`
}

func (d *diary) callFieldAfterUnlock(s string) {
	d.mu.Lock()
	d.lines = nil
	d.mu.Unlock()
	d.write(s)
}
