// Package near only looks as if it closed channels too early or too often.
package near

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

var errBad = errors.New("bad")

type server struct {
	mu     sync.Mutex
	once   sync.Once
	closed bool
	ended  atomic.Bool
	done   chan struct{}
	data   chan int
	wg     sync.WaitGroup
}

// stopOnce: a Once runs once.
func (s *server) stopOnce() { s.once.Do(func() { close(s.done) }) }

// stopAgain calls it twice, once deferred.
func stopAgain(s *server) {
	defer s.stopOnce()
	s.stopOnce()
}

// stopByFlag closes under a flag and a lock.
func (s *server) stopByFlag() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	close(s.done)
}

// stopByFlagTwice: the flag knows.
func stopByFlagTwice(s *server) {
	s.stopByFlag()
	s.stopByFlag()
}

// stopBySwap closes if it is the first.
func (s *server) stopBySwap() {
	if s.ended.Swap(true) {
		return
	}
	close(s.done)
}

func stopBySwapTwice(s *server) {
	defer s.stopBySwap()
	s.stopBySwap()
}

// stopAndForget sets the field to nil.
func (s *server) stopAndForget() {
	if s.done != nil {
		close(s.done)
		s.done = nil
	}
}

func stopAndForgetTwice(s *server) {
	s.stopAndForget()
	s.stopAndForget()
}

// restart makes a new channel for the next run.
func (s *server) restart() {
	close(s.done)
	s.done = make(chan struct{})
}

func restartTwice(s *server) {
	s.restart()
	s.restart()
}

// startAgain makes the channel in a function that is called in between.
func (s *server) start() { s.done = make(chan struct{}) }

func (s *server) stop() { close(s.done) }

func startAgain(s *server) {
	s.start()
	s.stop()
	s.start()
	s.stop()
}

// eitherBranch closes in branches that exclude each other.
func eitherBranch(ok bool, out chan int) {
	if ok {
		out <- 1
		close(out)
	} else {
		close(out)
	}
}

// byError closes under a condition, and under its opposite.
func byError(err error, out chan int) {
	if err != nil {
		close(out)
	}
	if err == nil {
		close(out)
	}
}

// byLocalFlag remembers that it has closed.
func byLocalFlag(in <-chan int, out chan int) {
	closed := false
	for v := range in {
		if v < 0 && !closed {
			close(out)
			closed = true
		}
	}
	if !closed {
		close(out)
	}
}

// deferredByFlag closes at the end if it has not before.
func deferredByFlag(in []int, out chan int) error {
	closed := false
	defer func() {
		if !closed {
			close(out)
		}
	}()
	for _, v := range in {
		if v < 0 {
			close(out)
			closed = true
			return errBad
		}
	}
	return nil
}

// eachItsOwn makes the channel in the loop.
func eachItsOwn(n int) {
	for range n {
		ch := make(chan int)
		go func() {
			defer close(ch)
			ch <- 1
		}()
		<-ch
	}
}

// closeAll closes a different element in each round.
func closeAll(chs []chan int) {
	for _, ch := range chs {
		close(ch)
	}
	for i := range chs {
		chs[i] = nil
	}
}

type waiter struct{ ready chan struct{} }

// wakeAll closes the field of a different object in each round.
func wakeAll(ws []*waiter) {
	for _, w := range ws {
		close(w.ready)
	}
}

// wakeOthers: the list is another one.
func wakeOthers(ws map[int]*waiter, next func() *waiter) {
	for w := next(); w != nil; w = next() {
		close(w.ready)
	}
	close(ws[0].ready)
}

// setNil: a send on nil is never chosen.
func setNil(ctx context.Context, in <-chan int, out chan int) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				close(out)
				out, in = nil, nil
				continue
			}
			out <- v
		case <-ctx.Done():
			return
		}
	}
}

// lastCloses: whoever is the last closes.
func lastCloses(n int, work func() int) <-chan int {
	out := make(chan int, n)
	var left atomic.Int64
	left.Store(int64(n))
	for range n {
		go func() {
			out <- work()
			if left.Add(-1) == 0 {
				close(out)
			}
		}()
	}
	return out
}

// tryClose closes to see whether it can.
func tryClose(ch chan int) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	close(ch)
	close(ch)
	return true
}

// singleProducer closes at its own end.
func singleProducer(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i
		}
	}()
	return out
}

// quitOnly closes the quit channel, never the data.
func (s *server) send(v int) bool {
	select {
	case s.data <- v:
		return true
	case <-s.done:
		return false
	}
}

// waitThenClose waits for the goroutines.
func (s *server) waitThenClose(n int) {
	for i := range n {
		s.wg.Add(1)
		go func() {
			defer s.wg.Done()
			s.data <- i
		}()
	}
	s.wg.Wait()
	close(s.data)
}

// receiveThenClose has all that is sent.
func receiveThenClose(n int, work func() int) (sum int) {
	out := make(chan int)
	for range n {
		go func() { out <- work() }()
	}
	for range n {
		sum += <-out
	}
	close(out)
	return sum
}

// doneThenClose waits for the word of the goroutine.
func doneThenClose(next func() (int, bool), use func(<-chan int)) {
	out, done := make(chan int), make(chan struct{})
	go func() {
		defer close(done)
		for v, ok := next(); ok; v, ok = next() {
			out <- v
		}
	}()
	go use(out)
	<-done
	close(out)
}

// lockedClose sends and closes under one lock.
func (s *server) lockedClose(v int) {
	go func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.closed {
			s.data <- v
		}
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	close(s.data)
}

// byState closes in cases that exclude each other.
func byState(state int, out chan int) {
	switch state {
	case 0:
		close(out)
	case 1:
		out <- 1
		close(out)
	}
}

// untilDone closes where it leaves the loop.
func untilDone(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				close(out)
				return
			}
			out <- v
		case <-ctx.Done():
			close(out)
			return
		}
	}
}

// untilBreak closes behind the loop.
func untilBreak(ctx context.Context, in <-chan int, out chan<- int) {
loop:
	for {
		select {
		case v := <-in:
			out <- v
		case <-ctx.Done():
			break loop
		}
	}
	close(out)
}

// emptyOrNot closes at once if there is nothing to do.
func emptyOrNot(in []int) <-chan int {
	out := make(chan int)
	if len(in) == 0 {
		close(out)
		return out
	}
	go func() {
		defer close(out)
		for _, v := range in {
			out <- v
		}
	}()
	return out
}

// runs makes the channel of each run.
func (s *server) runs(n int, work func()) {
	for range n {
		s.done = make(chan struct{})
		work()
		close(s.done)
	}
}

// latest replaces a variable after it has closed what it held.
func latest(in <-chan int, publish func(<-chan int)) {
	var current chan int
	for v := range in {
		if current != nil {
			close(current)
		}
		current = make(chan int, 1)
		current <- v
		publish(current)
	}
	if current != nil {
		close(current)
	}
}

// failed closes and stops the program.
func failed(err error, out chan int) {
	if err != nil {
		close(out)
		panic(err)
	}
	close(out)
}

// A Pipe counts its senders under the lock, and its Close waits for them.
type Pipe struct {
	mu      sync.Mutex
	closed  bool
	senders sync.WaitGroup
	out     chan int
}

// Put counts itself before it sends.
func (p *Pipe) Put(v int) bool {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return false
	}
	p.senders.Add(1)
	p.mu.Unlock()
	defer p.senders.Done()
	p.out <- v
	return true
}

// Close waits for those that have.
func (p *Pipe) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.senders.Wait()
	close(p.out)
}

// reports are sent by workers, for which who closes has waited.
type reports struct {
	mu   sync.Mutex
	byID map[string]chan int
}

func (r *reports) end(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ch, ok := r.byID[id]; ok {
		close(ch)
	}
}

func (r *reports) send(id string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ch, ok := r.byID[id]; ok {
		select {
		case ch <- v:
		default:
		}
	}
}

func (r *reports) Serve(id string, workers *sync.WaitGroup) {
	workers.Wait()
	r.end(id)
}
