// Package locks has goroutines that wait for each other's locks for ever, and
// the right twin of each.
package locks

import "sync"

func work() int { return 1 }

func fail() bool { return false }

type account struct {
	mu      sync.Mutex
	balance int
}

// Two locks, in two orders.
func transfer(a, b *account) {
	a.mu.Lock()
	b.mu.Lock() // want `b.mu.Lock can block for ever, .*`
	a.balance, b.balance = b.balance, a.balance
	b.mu.Unlock()
	a.mu.Unlock()
}

func twoOrders() {
	x, y := &account{}, &account{}
	var wg sync.WaitGroup
	wg.Go(func() { transfer(x, y) })
	wg.Go(func() { transfer(y, x) })
	wg.Wait()
}

func inOrder(a, b *account) {
	a.mu.Lock()
	b.mu.Lock()
	a.balance, b.balance = b.balance, a.balance
	b.mu.Unlock()
	a.mu.Unlock()
}

func oneOrder() {
	x, y := &account{}, &account{}
	var wg sync.WaitGroup
	wg.Go(func() { inOrder(x, y) })
	wg.Go(func() { inOrder(x, y) })
	wg.Wait()
}

// A lock that one way does not give back.
type table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *table) add(key string) bool {
	t.mu.Lock()
	if fail() {
		return false
	}
	t.rows[key] = work()
	t.mu.Unlock()
	return true
}

func notUnlocked() {
	t := &table{rows: make(map[string]int)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.add("a")
	}()
	t.mu.Lock() // want `t.mu.Lock can block for ever, because it is locked \(line \d+\) and not unlocked on some way; unlock it on every path`
	t.mu.Unlock()
	<-done
}

func (t *table) addRight(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if fail() {
		return false
	}
	t.rows[key] = work()
	return true
}

func unlocked() {
	t := &table{rows: make(map[string]int)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.addRight("a")
	}()
	t.mu.Lock()
	t.mu.Unlock()
	<-done
}

// A reader that reads again meets a writer that waits.
func (t *table) get(key string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.rows[key]
}

func (t *table) sum() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.getTwice("a") + t.getTwice("b")
}

func (t *table) getTwice(key string) int {
	t.mu.RLock() // want `t.mu.RLock can block for ever, .*`
	defer t.mu.RUnlock()
	return t.rows[key]
}

func readTwice() {
	t := &table{rows: make(map[string]int)}
	var wg sync.WaitGroup
	wg.Go(func() { t.sum() })
	wg.Go(func() {
		t.mu.Lock()
		t.rows["a"]++
		t.mu.Unlock()
	})
	wg.Wait()
}

func readOnce() {
	t := &table{rows: make(map[string]int)}
	var wg sync.WaitGroup
	wg.Go(func() { t.get("a") })
	wg.Go(func() {
		t.mu.Lock()
		t.rows["a"]++
		t.mu.Unlock()
	})
	wg.Wait()
}

// Who holds the lock waits for a goroutine that needs it, by way of a channel.
type hub struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func (h *hub) pump() {
	for range h.events {
		h.mu.Lock() // want `h.mu.Lock can block for ever, because it is held across a send on h.events \(line \d+\); unlock it before that`
		h.seen++
		h.mu.Unlock()
	}
}

func (h *hub) publish(emit func(int)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	emit(h.seen)
	emit(h.seen)
}

func throughCallback() {
	h := &hub{events: make(chan int)}
	go h.pump()
	h.publish(func(n int) { h.events <- n })
	close(h.events)
}

// A flag that both look at under the lock.
type once struct {
	mu     sync.Mutex
	closed bool
	done   chan struct{}
}

func (o *once) finish() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	o.closed = true
	o.done <- struct{}{}
}

func finishTwice() {
	o := &once{done: make(chan struct{}, 1)}
	go o.finish()
	go o.finish()
	<-o.done
}

type unguarded struct {
	mu   sync.Mutex
	done chan struct{}
}

func (u *unguarded) finish() {
	u.done <- struct{}{} // want `this send on u.done blocks for ever once finishTwiceUnguarded .*`
}

func finishTwiceUnguarded() {
	u := &unguarded{done: make(chan struct{})}
	go u.finish()
	go u.finish()
	<-u.done
}

// A function that is called with the lock held takes it again.
func (t *table) each(f func(string)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key := range t.rows {
		f(key)
	}
}

func (t *table) remove(key string) {
	t.mu.Lock() // want `t.mu.Lock can block for ever, because the same goroutine has locked it \(line \d+\); unlock it first`
	delete(t.rows, key)
	t.mu.Unlock()
}

func removeAll() {
	t := &table{rows: make(map[string]int)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.each(func(key string) { t.remove(key) })
	}()
	<-done
}

func (t *table) removeHeld(key string) { delete(t.rows, key) }

func removeAllHeld() {
	t := &table{rows: make(map[string]int)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.each(func(key string) { t.removeHeld(key) })
	}()
	<-done
}
