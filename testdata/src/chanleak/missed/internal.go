package missed

import "context"

// A type that is not exported: the package itself makes all calls.
type mailbox struct {
	mail chan int
	quit chan struct{}
}

func newMailbox() *mailbox {
	m := &mailbox{mail: make(chan int), quit: make(chan struct{})}
	go m.loop()
	return m
}

func (m *mailbox) loop() {
	for {
		select {
		case <-m.mail:
		case <-m.quit:
			return
		}
	}
}

func (m *mailbox) Put(n int) {
	m.mail <- n // miss: the package may know that nobody puts anything there after Close
}

func (m *mailbox) Close() { close(m.quit) }

// What starts an object may know that nobody stops it meanwhile.
type Engine struct{ first chan int }

func NewEngine() *Engine { return &Engine{first: make(chan int)} }

func (e *Engine) Start(ctx context.Context) {
	go e.loop(ctx)
	e.first <- 1 // miss: the context may have ended already
}

func (e *Engine) loop(ctx context.Context) {
	select {
	case <-e.first:
	case <-ctx.Done():
	}
}
