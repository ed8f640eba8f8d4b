package basic

import "sync"

// A tillroll tells of all that is done by one function, which is where the wait is:
// it is reported once.
type tillroll struct {
	mu     sync.Mutex
	sum    int
	events chan int
	out    chan int
	done   chan struct{}
}

func newTillroll() *tillroll {
	l := &tillroll{events: make(chan int), out: make(chan int), done: make(chan struct{})}
	go l.pump()
	return l
}

func (l *tillroll) pump() {
	for {
		select {
		case n := <-l.events:
			l.out <- n
		case <-l.done:
			return
		}
	}
}

func (l *tillroll) stop()        { close(l.done) }
func (l *tillroll) tell(n int)   { l.events <- n }
func (l *tillroll) balance() int { l.mu.Lock(); defer l.mu.Unlock(); return l.sum }

func (l *tillroll) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum += n
	l.tell(n) // want `^l.mu, locked on line 37, is held across the call to tell, which sends on l.events \(line 33\); unlock it first$`
}

func (l *tillroll) take(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum -= n
	l.tell(-n)
}
