package near

import "sync"

// A pool's state and its lock are one structure: the lock is embedded, and the
// structure is the Locker that the condition is made with.
type pool struct {
	state struct {
		sync.Mutex
		free []int
		used int
		cond *sync.Cond
	}
}

func newPool() *pool {
	p := &pool{}
	p.state.cond = sync.NewCond(&p.state)
	return p
}

func (p *pool) put(v int) {
	p.state.Lock()
	defer p.state.Unlock()
	p.state.free = append(p.state.free, v)
	p.state.cond.Signal()
}

// Wait releases the embedded mutex, which is what Lock takes.
func (p *pool) take() int {
	p.state.Lock()
	defer p.state.Unlock()
	for len(p.state.free) == 0 {
		p.state.cond.Wait()
	}
	v := p.state.free[0]
	p.state.free = p.state.free[1:]
	return v
}

// A login is a lock, and the condition belongs to a field of somebody else.
type login struct {
	sync.RWMutex
	running bool
	done    *sync.Cond
}

type service struct {
	login *login
	err   error
}

// The lock is embedded in what a pointer leads to.
func (s *service) headers() error {
	s.login.Lock()
	for s.login.running {
		s.login.done.Wait()
	}
	s.login.Unlock()
	return s.err
}

func (s *service) renew(f func() error) {
	s.login.Lock()
	s.login.running = true
	s.login.done = sync.NewCond(s.login)
	s.login.Unlock()

	err := f()

	s.login.Lock()
	s.login.running = false
	s.err = err
	s.login.done.Broadcast()
	s.login.Unlock()
}

// A tally waits with the read side of a lock that is embedded, and two
// structures down.
type tally struct {
	guarded
	grown *sync.Cond
	n     int
}

type guarded struct{ sync.RWMutex }

func newTally() *tally {
	t := &tally{}
	t.grown = sync.NewCond(t.RLocker())
	return t
}

func (t *tally) grow() {
	t.Lock()
	t.n++
	t.Unlock()
	t.grown.Broadcast()
}

func (t *tally) await(n int) {
	t.RLock()
	defer t.RUnlock()
	for t.n < n {
		t.grown.Wait()
	}
}

// A stand is its own Locker; the field L says so.
type stand struct {
	sync.Mutex
	cond  sync.Cond
	ready bool
}

func newStand() *stand {
	s := &stand{}
	s.cond.L = s
	return s
}

func (s *stand) open() {
	s.Lock()
	s.ready = true
	s.cond.Broadcast()
	s.Unlock()
}

func (s *stand) enter() {
	s.Lock()
	defer s.Unlock()
	for !s.ready {
		s.cond.Wait()
	}
}
