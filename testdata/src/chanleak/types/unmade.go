package types

import "sync"

// Nobody waits for a run before it is started: who calls the methods knows.
type Early struct {
	mu     sync.Mutex
	gone   chan struct{}
	wake   chan struct{}
	cancel func()
	n      int
}

func NewEarly(opts ...func(*Early)) *Early {
	e := &Early{wake: make(chan struct{}, 1)}
	for _, opt := range opts {
		opt(e)
	}
	return e
}

func (e *Early) Execute(cancel func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cancel = cancel
	e.gone = make(chan struct{})
	go func() {
		n := work()
		e.mu.Lock()
		e.n = n
		close(e.gone)
		e.mu.Unlock()
	}()
}

func (e *Early) Abort() {
	if e.cancel == nil {
		return
	}
	e.cancel()
	<-e.gone
}

func (e *Early) Result() int {
	<-e.gone
	return e.n
}

// Who knows the order, and gets it wrong.
type Hurried struct {
	gone chan struct{}
	wake chan struct{}
}

func NewHurried() *Hurried { return &Hurried{wake: make(chan struct{}, 1)} }

func (h *Hurried) Execute() {
	h.gone = make(chan struct{})
	go func() {
		work()
		close(h.gone)
	}()
}

func (h *Hurried) Wait() {
	<-h.gone // want `this receive from h.gone can block for ever, because nobody is left to end it; close h.gone on every path$`
}

func hurry() {
	h := NewHurried()
	h.Wait()
	h.Execute()
}

// One way out of the goroutine does not close what is waited for.
type LossyEarly struct {
	mu   sync.Mutex
	gone chan struct{}
	wake chan struct{}
	n    int
}

func NewLossyEarly() *LossyEarly { return &LossyEarly{wake: make(chan struct{}, 1)} }

func (e *LossyEarly) Execute() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.gone = make(chan struct{})
	go func() {
		if fail() {
			return
		}
		e.n = work()
		close(e.gone)
	}()
}

func (e *LossyEarly) Result() int {
	<-e.gone // want `^this receive from e.gone blocks for ever once its sender leaves \(line \d+\); close e.gone on every path$`
	return e.n
}

// Nobody closes what is waited for.
type Never struct {
	mu   sync.Mutex
	gone chan struct{}
	wake chan struct{}
	n    int
}

func NewNever() *Never { return &Never{wake: make(chan struct{}, 1)} }

func (e *Never) Execute() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.gone = make(chan struct{})
	go func() { e.n = work() }()
}

func (e *Never) Result() int {
	<-e.gone // want `this receive from e.gone can block for ever, nobody is left to end it; close e.gone on every path$`
	return e.n
}

// The lock is held while nobody has started a run, and given back afterwards.
type Locked struct {
	mu   sync.Mutex
	gone chan struct{}
	wake chan struct{}
	n    int
}

func NewLocked() *Locked { return &Locked{wake: make(chan struct{}, 1)} }

func (e *Locked) Execute() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.gone = make(chan struct{})
	go func() {
		e.n = work()
		close(e.gone)
	}()
}

func (e *Locked) Result() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	<-e.gone
	return e.n
}

// A wait for one of two, of which neither is made before a run.
type Either struct {
	gone, failed, wake chan struct{}
	n                  int
}

func NewEither() *Either { return &Either{wake: make(chan struct{}, 1)} }

func (e *Either) Execute() {
	e.gone, e.failed = make(chan struct{}), make(chan struct{})
	go func() {
		if fail() {
			close(e.failed)
			return
		}
		e.n = work()
		close(e.gone)
	}()
}

func (e *Either) Result() int {
	select {
	case <-e.gone:
	case <-e.failed:
	}
	return e.n
}

// Neither is closed if the work fails.
type LossyEither struct {
	gone, failed, wake chan struct{}
	n                  int
}

func NewLossyEither() *LossyEither { return &LossyEither{wake: make(chan struct{}, 1)} }

func (e *LossyEither) Execute() {
	e.gone, e.failed = make(chan struct{}), make(chan struct{})
	go func() {
		if fail() {
			return
		}
		if e.n = work(); e.n == 0 {
			close(e.failed)
			return
		}
		close(e.gone)
	}()
}

func (e *LossyEither) Result() int {
	select { // want `this select blocks for ever once the goroutine it waits for leaves \(line \d+\); end the wait on every path$`
	case <-e.gone:
	case <-e.failed:
	}
	return e.n
}

// Who starts nothing leaves nothing to wait for, but others come afterwards all the
// same.
type Ready struct{ gone, wake chan struct{} }

func NewReady() *Ready { return &Ready{wake: make(chan struct{}, 1)} }

func (r *Ready) Start(on bool) {
	if !on {
		return
	}
	r.gone = make(chan struct{})
	go func() {
		work()
		close(r.gone)
	}()
}

func (r *Ready) Wait() {
	<-r.gone // want `this receive from r.gone can block for ever, nobody is left to end it; close r.gone on every path$`
}

// A second start finds that the first has made it, and a wait that nobody has.
type Twice struct {
	mu   sync.Mutex
	gone chan struct{}
	wake chan struct{}
}

func NewTwice() *Twice { return &Twice{wake: make(chan struct{}, 1)} }

func (t *Twice) Enable() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gone != nil {
		return
	}
	t.gone = make(chan struct{})
	go func() {
		work()
		close(t.gone)
	}()
}

func (t *Twice) Wait() {
	t.mu.Lock()
	gone := t.gone
	t.mu.Unlock()
	if gone == nil {
		return
	}
	<-gone
}

// The first does not always close it.
type LossyTwice struct {
	mu   sync.Mutex
	gone chan struct{}
	wake chan struct{}
}

func NewLossyTwice() *LossyTwice { return &LossyTwice{wake: make(chan struct{}, 1)} }

func (t *LossyTwice) Enable() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gone != nil {
		return
	}
	t.gone = make(chan struct{})
	go func() {
		if !fail() {
			close(t.gone)
		}
	}()
}

func (t *LossyTwice) Wait() {
	<-t.gone // want `this receive from t.gone blocks for ever once its sender leaves \(line \d+\); close t.gone on every path$`
}
