// Package bus is used by package user, which sees its functions by name only.
package bus

import (
	"context"
	"sync"
	"time"
)

// A Bus carries numbers to one reader.
type Bus struct {
	mu      sync.RWMutex
	numbers chan int
	idle    chan struct{}
	backup  *Bus
	sent    int
}

func (b *Bus) Publish(v int) {
	b.numbers <- v
}

// Relay sends by way of another function.
func (b *Bus) Relay(v int) {
	b.backup.Publish(v)
}

func (b *Bus) Offer(v int) bool {
	select {
	case b.numbers <- v:
		return true
	default:
		return false
	}
}

func (b *Bus) PublishOrCancel(ctx context.Context, v int) error {
	select {
	case b.numbers <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Bus) Next() int {
	return <-b.numbers
}

// Pause is over before anybody notices.
func (b *Bus) Pause() {
	time.Sleep(2 * time.Second)
}

func (b *Bus) Lock() {
	b.mu.Lock()
}

func (b *Bus) Unlock() {
	b.mu.Unlock()
}

func (b *Bus) RLock() {
	b.mu.RLock()
}

func (b *Bus) RUnlock() {
	b.mu.RUnlock()
}

// Sent takes the lock for a moment, which is not blocking.
func (b *Bus) Sent() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sent
}

// publish cannot be called from other packages.
func (b *Bus) publish(v int) { b.numbers <- v }

// PublishAll blocks where publish does.
func (b *Bus) PublishAll(vs []int) {
	for _, v := range vs {
		b.publish(v)
	}
}

// Start does not wait for what it starts.
func (b *Bus) Start() {
	go b.Publish(0)
}

// A Line carries words to a loop that may end: one of them is on the way.
type Line struct {
	words chan string
	end   chan struct{}
	out   func(string)
}

func NewLine(out func(string)) *Line {
	l := &Line{words: make(chan string), end: make(chan struct{}), out: out}
	go l.run()
	return l
}

func (l *Line) Say(word string) { l.words <- word }

func (l *Line) Close() { close(l.end) }

func (l *Line) run() {
	for {
		select {
		case word := <-l.words:
			l.out(word)
		case <-l.end:
			return
		}
	}
}

// A Backlog is a Line with room for many.
type Backlog struct {
	words chan string
	end   chan struct{}
	out   func(string)
}

func NewBacklog(out func(string)) *Backlog {
	b := &Backlog{words: make(chan string, 100), end: make(chan struct{}), out: out}
	go b.run()
	return b
}

func (b *Backlog) Say(word string) { b.words <- word }

func (b *Backlog) Close() { close(b.end) }

func (b *Backlog) run() {
	for {
		select {
		case word := <-b.words:
			b.out(word)
		case <-b.end:
			return
		}
	}
}
