package basic

import "sync"

// A gauge is set from channels that others fill when they please.
type gauge struct {
	mu    sync.Mutex
	value int
}

func (g *gauge) get() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.value
}

func (g *gauge) recvUnderLock(values <-chan int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = <-values // want "g\\.mu"
}

func (g *gauge) recvBeforeLock(values <-chan int) {
	v := <-values
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = v
}

func (g *gauge) rangeUnderLock(values <-chan int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for v := range values { // want "g\\.mu"
		g.value += v
	}
}

func (g *gauge) lockInsideRange(values <-chan int) {
	for v := range values {
		g.mu.Lock()
		g.value += v
		g.mu.Unlock()
	}
}

func (g *gauge) selectUnderLock(up, down <-chan int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	select { // want "g\\.mu"
	case v := <-up:
		g.value += v
	case v := <-down:
		g.value -= v
	}
}

func (g *gauge) lockInsideSelect(up, down <-chan int) {
	select {
	case v := <-up:
		g.mu.Lock()
		g.value += v
		g.mu.Unlock()
	case v := <-down:
		g.mu.Lock()
		g.value -= v
		g.mu.Unlock()
	}
}

// drain is a function of the package that waits.
func drain(values <-chan int) (sum int) {
	for v := range values {
		sum += v
	}
	return sum
}

func (g *gauge) drainUnderLock(values <-chan int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value += drain(values) // want "g\\.mu"
}

func (g *gauge) drainBeforeLock(values <-chan int) {
	sum := drain(values)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value += sum
}
