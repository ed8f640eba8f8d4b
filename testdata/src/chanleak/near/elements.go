package near

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Who is in a list is told once by who goes through it, whatever the number of
// rounds; and it may be any of several.

type ticket struct{ ready chan string }

type board struct {
	tickets []*ticket
	plain   []chan string
}

func (b *board) tellTickets(text string) {
	for _, t := range b.tickets {
		t.ready <- text
	}
}

func oneTicket() string {
	b := &board{tickets: []*ticket{{make(chan string)}}}
	ready := b.tickets[0].ready
	go b.tellTickets("done")
	return <-ready
}

func (b *board) tellClone(text string) {
	for _, c := range slices.Clone(b.plain) {
		c <- text
	}
}

func oneOfClone() string {
	b := &board{plain: []chan string{make(chan string)}}
	c := b.plain[0]
	go b.tellClone("done")
	return <-c
}

func (b *board) enter() chan string {
	c := make(chan string, 1)
	b.plain = append(b.plain, c)
	return c
}

func (b *board) offer(text string) {
	for _, c := range b.plain {
		select {
		case c <- text:
		default:
		}
	}
}

func twoEnter() {
	b := new(board)
	first := b.enter()
	second := b.enter()
	go b.offer("done")
	<-first
	<-second
}

func twoOfLiteral() {
	first, second := make(chan string), make(chan string)
	all := []chan string{first, second}
	go func() {
		for _, c := range all {
			c <- "done"
		}
	}()
	<-first
	<-second
}

func twoAppended() {
	var all []chan string
	first, second := make(chan string), make(chan string)
	all = append(all, first)
	all = append(all, second)
	go func() {
		for i := 0; i < len(all); i++ {
			all[i] <- "done"
		}
	}()
	<-first
	<-second
}

func twoCopied() {
	first, second := make(chan string), make(chan string)
	all := make([]chan string, 2)
	copy(all, []chan string{first, second})
	go func() {
		for _, c := range all {
			c <- "done"
		}
	}()
	<-first
	<-second
}

// A builder has workers only if there is something for them to do, and the
// field says so.
type builder struct {
	workers sync.WaitGroup
	blocks  chan int
}

func newBuilder(compress bool) *builder {
	b := new(builder)
	if !compress {
		return b
	}
	count := 2 * runtime.NumCPU()
	b.blocks = make(chan int, 2*count)
	b.workers.Add(count)
	for i := 0; i < count; i++ {
		go b.work()
	}
	return b
}

func (b *builder) work() {
	defer b.workers.Done()
	for range b.blocks {
	}
}

func (b *builder) Done() {
	if b.blocks != nil {
		close(b.blocks)
	}
	b.workers.Wait()
}

// Who else may end a wait in a select may itself wait for what comes from
// elsewhere.
func watchAll(all map[<-chan struct{}]struct{}, late <-chan struct{}) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-late:
			cancel()
		case <-ctx.Done():
		}
	}()
	trigger := make(chan struct{}, 1)
	watch := func(c <-chan struct{}) {
		select {
		case <-c:
			select {
			case trigger <- struct{}{}:
			default:
			}
		case <-ctx.Done():
		}
	}
	n := 0
	for c := range all {
		if n++; n%2 == 0 {
			go watch(c)
		}
	}
	select {
	case <-trigger:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A monitor is stopped by a cancel function that it keeps.
type monitor struct {
	cancel func()
	once   sync.Once
	done   chan struct{}
}

func newMonitor(look func()) *monitor {
	ctx, cancel := context.WithCancel(context.Background())
	m := &monitor{cancel: cancel, done: make(chan struct{})}
	go m.run(ctx, look)
	return m
}

func (m *monitor) run(ctx context.Context, look func()) {
	defer close(m.done)
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			look()
		}
	}
}

func (m *monitor) StopAndWait() {
	m.once.Do(func() {
		m.cancel()
		<-m.done
	})
}
