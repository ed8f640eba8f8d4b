package near

import "sync"

// Who waits has a channel with room for one value, and is forgotten when it has got
// that, by a function that is given the list.
type awaited struct {
	mu      sync.Mutex
	waiters []chan<- int
	n       int
}

func (s *awaited) wait() <-chan int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan int, 1)
	s.waiters = append(s.waiters, c)
	return c
}

func (s *awaited) total() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (s *awaited) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notify(&s.waiters)
}

func (s *awaited) notify(ws *[]chan<- int) {
	for _, c := range *ws {
		c <- s.n
	}
	*ws = nil
}

// Who waits for an item is told once that it is there, and has room for that.
type depot struct {
	mu    sync.Mutex
	items map[string]*stored
}

type stored struct {
	item    any
	waiters []chan struct{}
}

func (d *depot) Put(name string, item any) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.items[name]
	if !ok {
		s = &stored{}
		d.items[name] = s
	}
	if s.item != nil {
		return false
	}
	s.item = item
	for _, w := range s.waiters {
		w <- struct{}{}
	}
	return true
}

func (d *depot) Wait(name string) chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := make(chan struct{}, 1)
	s, ok := d.items[name]
	if !ok {
		d.items[name] = &stored{waiters: []chan struct{}{w}}
		return w
	}
	s.waiters = append(s.waiters, w)
	return w
}
