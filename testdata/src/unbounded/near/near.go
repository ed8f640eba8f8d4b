// Package near has what looks like a queue without a limit, but is none.
package near

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

type item struct{ id int }

func work(i item) item { return i }

// The room is the length of a list, or a configuration.
func sized(list []item, config struct{ Backlog int }) (chan item, chan item) {
	return make(chan item, len(list)), make(chan item, config.Backlog)
}

// The number is checked.
func checked(r *http.Request) chan item {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil || n > 100 {
		return nil
	}
	return make(chan item, n)
}

// As many are sent.
func counted(r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	results := make(chan item, n)
	for i := range n {
		results <- item{i}
	}
}

// The flag of an operator.
func operated(flags map[string]string) chan item {
	n, _ := strconv.Atoi(flags["backlog"])
	return make(chan item, n)
}

// What is kept is sent on in the same round, or at the end of it: who sends to
// it waits meanwhile.
func batches(in <-chan item, out chan<- []item) {
	var batch []item
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case i := <-in:
			batch = append(batch, i)
		case <-ticker.C:
			out <- batch
			batch = nil
		}
	}
}

// The oldest are thrown away.
func newest(in <-chan item, out chan<- item) {
	var queue []item
	for {
		var send chan<- item
		var first item
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case i := <-in:
			queue = append(queue, i)
			if len(queue) > 100 {
				queue = queue[1:]
			}
		case send <- first:
			queue = queue[1:]
		}
	}
}

type stage struct {
	in, out, replies chan item
	pending          map[int]chan item
}

// The list is finite.
func (s *stage) all(list []item) {
	for _, i := range list {
		go func() { s.out <- work(i) }()
	}
}

// Whoever gets no permit does the work itself.
func (s *stage) orInline() {
	permits := make(chan struct{}, 8)
	for i := range s.in {
		select {
		case permits <- struct{}{}:
			go func() {
				defer func() { <-permits }()
				s.out <- work(i)
			}()
		default:
			s.out <- work(i)
		}
	}
}

// A number is kept below a limit.
func (s *stage) below(most int) {
	var mu sync.Mutex
	running := 0
	for i := range s.in {
		mu.Lock()
		if running >= most {
			mu.Unlock()
			continue
		}
		running++
		mu.Unlock()
		go func() {
			s.out <- work(i)
			mu.Lock()
			running--
			mu.Unlock()
		}()
	}
}

// A permit comes back for each goroutine that ends.
func (s *stage) byPermit(permits chan struct{}) {
	for i := range s.in {
		<-permits
		go func() {
			s.out <- work(i)
			permits <- struct{}{}
		}()
	}
}

// Each has a channel of its own, with room.
func (s *stage) ownReply() {
	for i := range s.in {
		reply := make(chan item, 1)
		go func() { reply <- work(i) }()
	}
}

// Nothing blocks.
func (s *stage) dropping() {
	for i := range s.in {
		go func() {
			select {
			case s.out <- work(i):
			default:
			}
		}()
	}
}

// One after the other.
func (s *stage) oneByOne() {
	var wg sync.WaitGroup
	for i := range s.in {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.out <- work(i)
		}()
		wg.Wait()
	}
}

// There is one for each key, which goes on working for it.
func (s *stage) byKey() {
	for i := range s.in {
		own, ok := s.pending[i.id]
		if !ok {
			own = make(chan item, 8)
			s.pending[i.id] = own
			go func() {
				s.out <- work(<-own)
			}()
		}
		own <- i
	}
}

// What is started works for more than one item.
func (s *stage) workers(starts chan int) {
	for n := range starts {
		go func() {
			for i := range s.in {
				s.out <- item{i.id + n}
			}
		}()
	}
}

type watch struct{ events chan int }

// What is started serves one client until it leaves, and says so at the end.
func (s *stage) serving(joins <-chan *watch) {
	for w := range joins {
		go func() {
			defer func() { s.out <- item{} }()
			for e := range w.events {
				work(item{e})
			}
		}()
	}
}

type codec interface{ read() (item, error) }

type link struct {
	fresh  chan codec
	items  chan item
	failed chan error
}

// Each goroutine serves a connection for as long as that lives, and sends at its
// end.
func (l *link) serveEach() {
	for c := range l.fresh {
		go l.serve(c)
	}
}

func (l *link) serve(c codec) {
	for {
		i, err := c.read()
		if err != nil {
			l.failed <- err
			return
		}
		l.items <- i
	}
}
