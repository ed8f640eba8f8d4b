package basic

import (
	"sync"
	"time"
)

// The goroutines of a mirror do not take its lock, but the lock is held for as
// long as the slowest of them works.
type mirror struct {
	mu    sync.Mutex
	pages []string
}

func (m *mirror) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.pages)
}

// waitForOwnWork does under the lock, in parallel, what it would otherwise do
// in turn.
func (m *mirror) waitForOwnWork(fetch func(string) string) {
	var wg sync.WaitGroup
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, page := range m.pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			m.pages[i] = fetch(page)
		}()
	}
	wg.Wait()
}

func (m *mirror) waitBetweenLocks(fetch func(string) string) {
	m.mu.Lock()
	pages := append([]string(nil), m.pages...)
	m.mu.Unlock()

	var wg sync.WaitGroup
	for i, page := range pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			pages[i] = fetch(page)
		}()
	}
	wg.Wait()

	m.mu.Lock()
	m.pages = pages
	m.mu.Unlock()
}

// A dialer backs off between its attempts.
type dialer struct {
	mu       sync.Mutex
	attempts int
}

func (d *dialer) tried() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.attempts
}

func (d *dialer) sleepUnderLock(dial func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		d.attempts++
		err := dial()
		if err == nil || d.attempts > 5 {
			return err
		}
		time.Sleep(time.Second) // want "d\\.mu"
	}
}

func (d *dialer) sleepLongerUnderLock(dial func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	pause := 100 * time.Millisecond
	for {
		d.attempts++
		err := dial()
		if err == nil || d.attempts > 5 {
			return err
		}
		time.Sleep(pause) // want "d\\.mu"
		pause *= 2
	}
}

func (d *dialer) sleepAfterUnlock(dial func() error) error {
	for {
		d.mu.Lock()
		d.attempts++
		attempts := d.attempts
		d.mu.Unlock()
		err := dial()
		if err == nil || attempts > 5 {
			return err
		}
		time.Sleep(time.Second)
	}
}

func backOff(attempts int) {
	time.Sleep(time.Duration(attempts) * time.Second)
}

func (d *dialer) sleepThroughHelper() {
	d.mu.Lock()
	d.attempts++
	backOff(d.attempts) // want "d\\.mu"
	d.mu.Unlock()
}

func (d *dialer) sleepThroughHelperAfterUnlock() {
	d.mu.Lock()
	d.attempts++
	attempts := d.attempts
	d.mu.Unlock()
	backOff(attempts)
}

// A daemon holds its lock for the whole of its life.
type daemon struct {
	mu   sync.Mutex
	name string
}

func (d *daemon) title() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.name
}

func (d *daemon) runUnderLock(stop <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.name = "running"
	<-stop // want "d\\.mu"
	d.name = "stopped"
}

func (d *daemon) runBetweenLocks(stop <-chan struct{}) {
	d.mu.Lock()
	d.name = "running"
	d.mu.Unlock()
	<-stop
	d.mu.Lock()
	d.name = "stopped"
	d.mu.Unlock()
}

// Who adds to a fleet takes no lock, so the lock keeps nobody from it.
type fleet struct {
	mu    sync.Mutex
	trips sync.WaitGroup
	sold  bool
}

func (f *fleet) leave(trip func()) {
	f.trips.Add(1)
	go func() {
		defer f.trips.Done()
		trip()
	}()
}

func (f *fleet) isSold() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.sold
}

func (f *fleet) sell() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sold = true
	f.trips.Wait() // want `f\.mu`
}
