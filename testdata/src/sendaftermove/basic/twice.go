// Package basic closes channels twice, and uses them after their close.
package basic

import (
	"errors"
	"sync"
)

var errBad = errors.New("bad")

// closeAndDefer closes on its error path what a deferred call closes too.
func closeAndDefer(in []int, out chan int) error {
	defer close(out)
	for _, v := range in {
		if v < 0 {
			close(out) // want `^out is closed here and again by the deferred call on line 13, which panics; close it once$`
			return errBad
		}
		out <- v
	}
	return nil
}

// closeByDeferOnly is the same, repaired.
func closeByDeferOnly(in []int, out chan int) error {
	defer close(out)
	for _, v := range in {
		if v < 0 {
			return errBad
		}
		out <- v
	}
	return nil
}

// closeInBranchAndAfter forgets to return.
func closeInBranchAndAfter(err error) chan int {
	done := make(chan int)
	if err != nil {
		close(done)
	}
	close(done) // want `done is closed again after the close on line 40, which panics; close it once`
	return done
}

// closeInBranchAndReturn is the same, repaired.
func closeInBranchAndReturn(err error) chan int {
	done := make(chan int)
	if err != nil {
		close(done)
		return done
	}
	close(done)
	return done
}

// closeInEveryRound closes in a loop what is made before it.
func closeInEveryRound(in []int, out chan int) {
	for _, v := range in {
		out <- v   // want `out is sent on after the close on line 61, which panics; close it after the last send`
		close(out) // want `out is closed again in the next round of the loop, which panics; close it after the loop`
	}
}

// closeAfterRounds is the same, repaired.
func closeAfterRounds(in []int, out chan int) {
	for _, v := range in {
		out <- v
	}
	close(out)
}

type conn struct {
	done chan struct{}
	once sync.Once
}

func (c *conn) stop() { close(c.done) }

func (c *conn) stopOnce() { c.once.Do(func() { close(c.done) }) }

// stopTwice closes through a helper, and again.
func stopTwice(c *conn) {
	c.stop()
	c.stop() // want `c.done is closed again by this call \(line 78\) after the call to stop on line 84, which panics; close it once`
}

// stopOnceTwice is the same, repaired.
func stopOnceTwice(c *conn) {
	c.stopOnce()
	c.stopOnce()
}

// stopAndDeferredStop has a deferred and an explicit call.
func stopAndDeferredStop(c *conn, work func() error) error {
	defer c.stop()
	if err := work(); err != nil {
		c.stop() // want `c.done is closed here and again by the deferred call on line 96`
		return err
	}
	return nil
}

// deferredStop is the same, repaired.
func deferredStop(c *conn, work func() error) error {
	defer c.stop()
	return work()
}

// closeInEachGoroutine has each of several goroutines close the channel.
func closeInEachGoroutine(jobs []int, work func(int) int) <-chan int {
	results := make(chan int)
	for _, j := range jobs {
		go func() { // want `^results is closed by every goroutine that is started here, and the second close panics; close it once, after all have ended$`
			defer close(results)
			results <- work(j)
		}()
	}
	return results
}

// closeAfterGoroutines is the same, repaired.
func closeAfterGoroutines(jobs []int, work func(int) int) <-chan int {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Go(func() { results <- work(j) })
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	return results
}

func produce(out chan<- int, n int) {
	defer close(out)
	for i := range n {
		out <- i
	}
}

// startProducers gives one channel to several goroutines that close it.
func startProducers(n int) <-chan int {
	out := make(chan int)
	for range n {
		go produce(out, n) // want `out is closed by every goroutine that is started here`
	}
	return out
}

// startTwoProducers does so without a loop.
func startTwoProducers(n int) <-chan int {
	out := make(chan int)
	go produce(out, n)
	go produce(out, n) // want `out is closed again by this goroutine \(line 137\) after the goroutine started on line 155 closes it, which panics; close it once`
	return out
}

// closeBesideProducer closes what the goroutine closes.
func closeBesideProducer(n int) (sum int) {
	out := make(chan int)
	go produce(out, n)
	for v := range out {
		sum += v
	}
	close(out) // want `out is closed again after the goroutine started on line 163 closes it, which panics; close it once`
	return sum
}

// startProducersApart makes a channel for each.
func startProducersApart(n int) []<-chan int {
	var all []<-chan int
	for range n {
		out := make(chan int)
		go produce(out, n)
		all = append(all, out)
	}
	return all
}
