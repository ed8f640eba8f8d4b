package basic

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"time"
)

// sendAfterClose sends what is left after the close.
func sendAfterClose(out chan int, last int) {
	close(out)
	out <- last // want `^out is sent on after the close on line 13, which panics; close it after the last send$`
}

// sendBeforeClose is the same, repaired.
func sendBeforeClose(out chan int, last int) {
	out <- last
	close(out)
}

// sendInSelectAfterClose is no better off: a closed channel is always ready.
func sendInSelectAfterClose(ctx context.Context, out chan int) {
	close(out)
	select {
	case out <- 1: // want `out is sent on after the close on line 25`
	case <-ctx.Done():
	}
}

// sendInDeferredCall runs after the close, which is deferred later.
func sendInDeferredCall(out chan error, work func() error) {
	var err error
	defer func() { out <- err }() // want `out is sent on by this call \(line 35\) after the close on line 36, which panics`
	defer close(out)
	err = work()
}

// sendInDeferredCallBefore is the same, repaired.
func sendInDeferredCallBefore(out chan error, work func() error) {
	var err error
	defer close(out)
	defer func() { out <- err }()
	err = work()
}

func report(out chan<- error, err error) { out <- err }

// reportAfterClose sends through a helper.
func reportAfterClose(errs chan error, err error) {
	close(errs)
	report(errs, err) // want `errs is sent on by this call \(line 48\) after the close on line 52, which panics`
}

// reportInGoroutine starts a goroutine that sends.
func reportInGoroutine(errs chan error, err error) {
	close(errs)
	go report(errs, err) // want `errs is sent on by this goroutine \(line 48\) after the close on line 58, which panics`
}

type event struct{ name string }

type bus struct {
	events chan event
	once   sync.Once
}

func (b *bus) close() { b.once.Do(func() { close(b.events) }) }

// publishAfterClose: the Once keeps the close from being done twice, no more.
func publishAfterClose(b *bus) {
	b.close()
	b.events <- event{"closed"} // want `b.events is sent on after the call to close on line 73, which panics`
}

// publishBeforeClose is the same, repaired.
func publishBeforeClose(b *bus) {
	b.events <- event{"closing"}
	b.close()
}

// closeWhileSending closes at its end what the goroutine sends on; after a
// timeout the goroutine is still there.
func closeWhileSending(work func() int) (int, bool) {
	results := make(chan int)
	defer close(results) // want `^results is closed while the goroutine started on line 88 may still send on it, which panics; wait for it first$`
	go func() { results <- work() }()
	select {
	case v := <-results:
		return v, true
	case <-time.After(time.Second):
		return 0, false
	}
}

// leaveOpen is the same, repaired: a channel need not be closed.
func leaveOpen(work func() int) (int, bool) {
	results := make(chan int, 1)
	go func() { results <- work() }()
	select {
	case v := <-results:
		return v, true
	case <-time.After(time.Second):
		return 0, false
	}
}

// closeWithoutWait starts senders and does not wait for them.
func closeWithoutWait(jobs []int, work func(int) int) <-chan int {
	results := make(chan int, len(jobs))
	for _, j := range jobs {
		go func() { results <- work(j) }()
	}
	close(results) // want `results is closed while the goroutine started on line 113 may still send on it`
	return results
}

// closeAfterWait is the same, repaired.
func closeAfterWait(jobs []int, work func(int) int) <-chan int {
	results := make(chan int, len(jobs))
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Go(func() { results <- work(j) })
	}
	wg.Wait()
	close(results)
	return results
}

// closeAfterQuit tells the sender to stop, and does not wait until it has.
func closeAfterQuit(next func() int, use func(<-chan int)) {
	values, quit := make(chan int), make(chan struct{})
	go func() {
		for {
			select {
			case values <- next():
			case <-quit:
				return
			}
		}
	}()
	go use(values)
	close(quit)
	close(values) // want `values is closed while the goroutine started on line 134 may still send on it`
}

// closeSignals closes what package signal sends on.
func closeSignals(work func(<-chan os.Signal)) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	work(signals)
	close(signals) // want `signals is closed, but signals are still sent on it \(line 151\), which panics; call signal.Stop first`
}

// stopSignals is the same, repaired.
func stopSignals(work func(<-chan os.Signal)) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	work(signals)
	signal.Stop(signals)
	close(signals)
}
