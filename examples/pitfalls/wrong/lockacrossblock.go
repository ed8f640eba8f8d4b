package wrong

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// A hub sends what is published to all who have joined.
type hub struct {
	mu   sync.Mutex
	subs []chan string
}

func (h *hub) join() <-chan string {
	sub := make(chan string)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs = append(h.subs, sub)
	return sub
}

func (h *hub) leave(sub <-chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs = slices.DeleteFunc(h.subs, func(c chan string) bool { return c == sub })
}

func (h *hub) publish(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, sub := range h.subs {
		sub <- text
	}
}

// Lock publishes to two subscribers, one of which does not read, and has the
// other one leave.
func Lock(out io.Writer) {
	h := new(hub)
	quick, slow := h.join(), h.join()
	var wg sync.WaitGroup
	wg.Go(func() { h.publish("hello") })
	<-quick

	left := make(chan struct{})
	wg.Go(func() {
		h.leave(quick)
		close(left)
	})
	select {
	case <-left:
		fmt.Fprintln(out, "the quick subscriber has left")
	case <-time.After(patience):
		fmt.Fprintln(out, "the quick subscriber cannot leave, because the slow one does not read")
	}
	<-slow
	wg.Wait()
}
