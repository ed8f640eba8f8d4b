package basic

import "sync"

// A yardstick is one of the types of this package, since it has a method that no
// other package can declare; none tells anybody to end.
type yardstick interface {
	Reset()
	sealed()
}

type plainYardstick struct {
	mu sync.Mutex
	n  int
}

func (y *plainYardstick) Reset() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.n = 0
}

func (y *plainYardstick) sealed() {}

// A plant's lock is held until somebody else stops it.
type plant struct {
	mu        sync.Mutex
	once      sync.Once
	yardstick yardstick
	running   chan struct{}
	output    int
}

// newPlant makes a plant that runs until running is closed.
func newPlant(y yardstick, running chan struct{}) *plant {
	return &plant{yardstick: y, running: running}
}

func (p *plant) produced() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output
}

func (p *plant) callThenReceive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.yardstick.Reset()
	<-p.running // want `^p\.mu, locked on line \d+, is held across this receive`
}

func (p *plant) onceThenReceive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.once.Do(func() { p.output = 0 })
	<-p.running // want `^p\.mu, locked on line \d+, is held across this receive`
}

func (p *plant) receiveThenLock() {
	p.yardstick.Reset()
	<-p.running
	p.mu.Lock()
	defer p.mu.Unlock()
	p.output = 0
}
