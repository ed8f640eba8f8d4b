package basic

import "sync"

// An embedding's mutex has no name of its own.
type embedding struct {
	sync.Mutex
	out  chan int
	seen int
}

func newEmbedding() *embedding {
	e := &embedding{out: make(chan int)}
	go func() {
		for range e.out {
			e.Lock()
			e.seen++
			e.Unlock()
		}
	}()
	return e
}

func (e *embedding) sendUnderEmbedded(v int) {
	e.Lock()
	defer e.Unlock()
	e.out <- v // want "\\be\\b"
}

func (e *embedding) sendAfterEmbedded(v int) {
	e.Lock()
	e.seen--
	e.Unlock()
	e.out <- v
}

// A promoting struct gets its mutex from the struct it embeds.
type promoting struct {
	*guarded
	out chan int
}

type guarded struct {
	mu   sync.Mutex
	seen int
}

func newPromoting() *promoting {
	p := &promoting{guarded: &guarded{}, out: make(chan int)}
	go func() {
		for range p.out {
			p.mu.Lock()
			p.seen++
			p.mu.Unlock()
		}
	}()
	return p
}

func (p *promoting) sendUnderPromoted(v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.out <- v // want "p\\.(guarded\\.)?mu"
}

func (p *promoting) sendAfterPromoted(v int) {
	p.mu.Lock()
	p.seen--
	p.mu.Unlock()
	p.out <- v
}

// A lockered struct keeps its mutex behind an interface.
type lockered struct {
	mu   sync.Locker
	out  chan int
	seen int
}

func newLockered() *lockered {
	l := &lockered{mu: new(sync.Mutex), out: make(chan int)}
	go func() {
		for range l.out {
			l.mu.Lock()
			l.seen++
			l.mu.Unlock()
		}
	}()
	return l
}

func (l *lockered) sendUnderLocker(v int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.out <- v // want "l\\.mu"
}

func (l *lockered) sendAfterLocker(v int) {
	l.mu.Lock()
	l.seen--
	l.mu.Unlock()
	l.out <- v
}

// A nested struct's mutex is two fields away from the code that locks it.
type nested struct {
	state *guarded
	out   chan int
}

func newNested() *nested {
	n := &nested{state: &guarded{}, out: make(chan int)}
	go n.drain()
	return n
}

func (n *nested) drain() {
	for range n.out {
		n.state.mu.Lock()
		n.state.seen++
		n.state.mu.Unlock()
	}
}

func (n *nested) sendUnderNested(v int) {
	n.state.mu.Lock()
	defer n.state.mu.Unlock()
	n.out <- v // want "n\\.state\\.mu"
}

func (n *nested) sendThroughAlias(v int) {
	mu := &n.state.mu
	mu.Lock()
	n.out <- v // want "mu"
	mu.Unlock()
}

func (n *nested) sendAfterNested(v int) {
	n.state.mu.Lock()
	n.state.seen--
	n.state.mu.Unlock()
	n.out <- v
}

// The registry of the package is guarded by a global mutex.
var (
	registryMu sync.Mutex
	registry   = map[string]int{}
	registered = make(chan string)
)

func countRegistered() {
	for name := range registered {
		registryMu.Lock()
		registry[name]++
		registryMu.Unlock()
	}
}

func init() {
	go countRegistered()
}

func sendUnderGlobal(name string) {
	registryMu.Lock()
	defer registryMu.Unlock()
	registry[name] = 0
	registered <- name // want "registryMu"
}

func sendAfterGlobal(name string) {
	registryMu.Lock()
	registry[name] = 0
	registryMu.Unlock()
	registered <- name
}
