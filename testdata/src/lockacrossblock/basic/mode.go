package basic

import "sync"

// What is open is no kind of object: it changes.
type drawer struct {
	mu    sync.Mutex
	open  bool
	items map[string]bool
}

func (d *drawer) fill(names []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = true
	for _, n := range names {
		d.put(n) // want `d\.mu, locked on line 13, is locked again by the call to put \(line 23\), which waits for itself; unlock it first`
	}
}

func (d *drawer) put(name string) {
	if d.open {
		d.mu.Lock()
		defer d.mu.Unlock()
	}
	d.items[name] = true
}
