package basic

import "sync"

// The goroutine may signal before the wait begins.
func waitBlindly(work func()) {
	var mu sync.Mutex
	finished := sync.NewCond(&mu)
	go func() {
		work()
		finished.Signal()
	}()
	mu.Lock()
	finished.Wait() // want `^finished\.Wait misses a wake-up that came before \(line 11\), because no state is tested; wait in a loop over a condition$`
	mu.Unlock()
}

func waitForState(work func()) {
	var mu sync.Mutex
	finished := sync.NewCond(&mu)
	over := false
	go func() {
		work()
		mu.Lock()
		over = true
		mu.Unlock()
		finished.Signal()
	}()
	mu.Lock()
	for !over {
		finished.Wait()
	}
	mu.Unlock()
}

// What comes while a round works is not noticed.
type flusher struct {
	mu    sync.Mutex
	dirty *sync.Cond
}

func newFlusher() *flusher {
	f := &flusher{}
	f.dirty = sync.NewCond(&f.mu)
	return f
}

func (f *flusher) mark() { f.dirty.Broadcast() }

func (f *flusher) run(flush func()) {
	for {
		f.mu.Lock()
		f.dirty.Wait() // want `f\.dirty\.Wait misses a wake-up that came before \(line 48\)`
		f.mu.Unlock()
		flush()
	}
}

// A hub with plain channels.
type hub struct {
	mu   sync.Mutex
	subs []chan string
}

func (h *hub) Subscribe() <-chan string {
	ch := make(chan string, 8)
	h.mu.Lock()
	h.subs = append(h.subs, ch)
	h.mu.Unlock()
	return ch
}

func (h *hub) Publish(s string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ch := range h.subs {
		select {
		case ch <- s:
		default:
		}
	}
}

func subscribeAfterPublish() string {
	h := &hub{}
	h.Publish("ready")
	ch := h.Subscribe() // want `^Subscribe comes after what is published \(line 86\), so that it may miss all of it; subscribe first$`
	return <-ch
}

func subscribeAfterStart(load func() string) string {
	h := &hub{}
	go func() {
		h.Publish(load())
	}()
	ch := h.Subscribe() // want `Subscribe comes after what is published \(line 93\)`
	return <-ch
}

func subscribeFirst(load func() string) string {
	h := &hub{}
	ch := h.Subscribe()
	go func() {
		h.Publish(load())
	}()
	return <-ch
}
