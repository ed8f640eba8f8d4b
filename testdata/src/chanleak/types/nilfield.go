package types

import (
	"context"
	"sync"
	"time"
)

// A field that is not nil tells that the goroutine runs: Disable waits for it only
// then, and its context has been cancelled before.
type Prober struct {
	mu      sync.Mutex
	cancel  context.CancelFunc
	running chan struct{}
	wake    chan struct{}
}

func NewProber() *Prober { return &Prober{wake: make(chan struct{}, 1)} }

func (p *Prober) Enable() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.running = make(chan struct{})
	go p.background(ctx)
}

func (p *Prober) Disable() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
		<-p.running
	}
}

func (p *Prober) background(ctx context.Context) {
	defer close(p.running)
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			work()
		case <-ctx.Done():
			return
		}
	}
}

// One way out of the goroutine does not tell.
type LossyProber struct {
	mu      sync.Mutex
	cancel  context.CancelFunc
	running chan struct{}
	wake    chan struct{}
}

func NewLossyProber() *LossyProber { return &LossyProber{wake: make(chan struct{}, 1)} }

func (p *LossyProber) Enable() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.running = make(chan struct{})
	go p.background(ctx)
}

func (p *LossyProber) Disable() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
		<-p.running // want `^this receive from p.running blocks for ever once background leaves; close p.running on every path$`
	}
}

func (p *LossyProber) background(ctx context.Context) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if fail() {
				return
			}
		case <-ctx.Done():
			close(p.running)
			return
		}
	}
}

// The last of the goroutine is received once, because what tells that it runs is
// set to nil with it.
type Beacon struct {
	mu   sync.Mutex
	stop func()
	gone chan struct{}
}

func NewBeacon() *Beacon {
	ctx, cancel := context.WithCancel(context.Background())
	b := &Beacon{stop: cancel, gone: make(chan struct{})}
	go b.blink(ctx)
	return b
}

func (b *Beacon) blink(ctx context.Context) {
	<-ctx.Done()
	b.gone <- struct{}{}
}

func (b *Beacon) Darken() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop == nil {
		return
	}
	b.stop()
	b.stop = nil
	<-b.gone
}

// Nothing is set to nil: who comes second receives what was received before.
type StaleBeacon struct {
	mu   sync.Mutex
	stop func()
	gone chan struct{}
}

func NewStaleBeacon() *StaleBeacon {
	ctx, cancel := context.WithCancel(context.Background())
	b := &StaleBeacon{stop: cancel, gone: make(chan struct{})}
	go b.blink(ctx)
	return b
}

func (b *StaleBeacon) blink(ctx context.Context) {
	<-ctx.Done()
	b.gone <- struct{}{}
}

func (b *StaleBeacon) Darken() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop == nil {
		return
	}
	b.stop()
	<-b.gone // want `^this receive from b.gone blocks for ever once blink leaves \(line \d+\); close b.gone on every path$`
}

// A pointer tells the same.
type conn struct{ n int }

type Dialer struct {
	mu   sync.Mutex
	conn *conn
	gone chan struct{}
}

func NewDialer() *Dialer {
	d := &Dialer{conn: &conn{work()}, gone: make(chan struct{})}
	go d.serve()
	return d
}

func (d *Dialer) serve() {
	work()
	d.gone <- struct{}{}
}

func (d *Dialer) Hang() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn != nil {
		d.conn = nil
		<-d.gone
	}
}

// A pointer to something else says nothing.
type StaleDialer struct {
	mu   sync.Mutex
	conn *conn
	next *conn
	gone chan struct{}
}

func NewStaleDialer() *StaleDialer {
	d := &StaleDialer{conn: &conn{work()}, next: &conn{work()}, gone: make(chan struct{})}
	go d.serve()
	return d
}

func (d *StaleDialer) serve() {
	work()
	d.gone <- struct{}{}
}

func (d *StaleDialer) Hang() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn != nil {
		d.next = nil
		<-d.gone // want `^this receive from d.gone blocks for ever once serve leaves \(line \d+\); close d.gone on every path$`
	}
}

// What is stored later may be nil, so it is not known who finds that it is not.
type Handler struct {
	mu   sync.Mutex
	hook func()
	gone chan struct{}
}

func NewHandler() *Handler {
	h := &Handler{hook: func() {}, gone: make(chan struct{})}
	go h.serve()
	return h
}

func (h *Handler) serve() {
	work()
	h.gone <- struct{}{}
}

func (h *Handler) Replace(hook func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hook = hook
}

func (h *Handler) Remove() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.hook != nil {
		h.hook = nil
		<-h.gone
	}
}

// What is stored at the beginning only tells everybody the same.
type Notifier struct {
	mu   sync.Mutex
	hook func()
	gone chan struct{}
}

func NewNotifier(hook func()) *Notifier {
	n := &Notifier{hook: hook, gone: make(chan struct{})}
	go n.serve()
	return n
}

func (n *Notifier) serve() {
	work()
	n.gone <- struct{}{}
}

func (n *Notifier) Remove() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.hook != nil {
		<-n.gone // want `^this receive from n.gone blocks for ever once serve leaves \(line \d+\); close n.gone on every path$`
	}
}
