package near

import (
	"context"
	"errors"
	"net"
	"sync"
)

// An acceptor is whatever connections come from. One is of this package, and
// its Close only counts; others come from elsewhere.
type acceptor interface {
	Accept(ctx context.Context) (net.Conn, error)
	Close() error
}

type idle struct {
	mu     sync.Mutex
	closes int
}

func (i *idle) Accept(context.Context) (net.Conn, error) { return nil, errors.New("idle") }

func (i *idle) Close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.closes++
	return nil
}

// A front's loop ends when its acceptor is closed.
type front struct {
	mu      sync.Mutex
	from    acceptor
	running chan struct{}
	open    map[net.Conn]bool
}

func newFront(from acceptor) *front {
	f := &front{from: from, running: make(chan struct{}), open: make(map[net.Conn]bool)}
	go f.run()
	return f
}

func (f *front) run() {
	defer close(f.running)
	for {
		conn, err := f.from.Accept(context.Background())
		if err != nil {
			return
		}
		conn.Close()
	}
}

func (f *front) size() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.open)
}

// Close of an acceptor that may be anybody's tells the loop to end.
func (f *front) closeThenReceive() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.from.Close()
	<-f.running
	return err
}

// A door is closed but once, which ends the goroutine that is waited for.
type door struct {
	mu    sync.Mutex
	once  sync.Once
	stop  chan struct{}
	ended chan struct{}
	knock int
}

func newDoor(handle func()) *door {
	d := &door{stop: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		<-d.stop
		handle()
		d.ended <- struct{}{}
	}()
	return d
}

func (d *door) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.knock
}

func (d *door) onceThenReceive() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.knock++
	d.once.Do(func() { close(d.stop) })
	<-d.ended
}
