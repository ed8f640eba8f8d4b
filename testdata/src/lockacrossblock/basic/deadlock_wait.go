package basic

import "sync"

// The workers of a crew take its lock before they are done.
type crew struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	quit chan struct{}
	idle int
}

func (c *crew) start(n int) {
	c.wg.Add(n)
	for range n {
		go c.work()
	}
}

func (c *crew) work() {
	defer c.wg.Done()
	<-c.quit
	c.mu.Lock()
	c.idle++
	c.mu.Unlock()
}

func (c *crew) waitUnderLock() {
	c.mu.Lock()
	close(c.quit)
	c.wg.Wait() // want "c\\.mu"
	c.mu.Unlock()
}

func (c *crew) waitAfterUnlock() {
	c.mu.Lock()
	close(c.quit)
	c.mu.Unlock()
	c.wg.Wait()
}

func (c *crew) waitUnderDeferredUnlock() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wg.Wait() // want "c\\.mu"
	return c.idle
}

func (c *crew) waitThenLock() int {
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.idle
}

func (c *crew) join() {
	c.wg.Wait()
}

func (c *crew) waitThroughHelper() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.join() // want "c\\.mu"
}

// A tally's goroutines are the closures of the function that waits for them.
type tally struct {
	mu    sync.Mutex
	total int
}

func (t *tally) waitForClosures(values []int) int {
	var wg sync.WaitGroup
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, v := range values {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.mu.Lock()
			defer t.mu.Unlock()
			t.total += v
		}()
	}
	wg.Wait() // want "t\\.mu"
	return t.total
}

func (t *tally) waitForClosuresThenLock(values []int) int {
	var wg sync.WaitGroup
	for _, v := range values {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.mu.Lock()
			defer t.mu.Unlock()
			t.total += v
		}()
	}
	wg.Wait()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}

func (t *tally) add(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.total += v
}

func (t *tally) waitForGo(values []int) {
	var wg sync.WaitGroup
	t.mu.Lock()
	for _, v := range values {
		wg.Go(func() { t.add(v) })
	}
	wg.Wait() // want "t\\.mu"
	t.mu.Unlock()
}

func (t *tally) waitForGoAfterUnlock(values []int) {
	var wg sync.WaitGroup
	t.mu.Lock()
	for _, v := range values {
		wg.Go(func() { t.add(v) })
	}
	t.mu.Unlock()
	wg.Wait()
}

// waitForDone counts the goroutines with a channel instead of a WaitGroup.
func (t *tally) waitForDone(values []int) {
	done := make(chan struct{})
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, v := range values {
		go func() {
			t.add(v)
			done <- struct{}{}
		}()
	}
	for range values {
		<-done // want "t\\.mu"
	}
}

func (t *tally) waitForDoneAfterUnlock(values []int) {
	done := make(chan struct{})
	t.mu.Lock()
	for _, v := range values {
		go func() {
			t.add(v)
			done <- struct{}{}
		}()
	}
	t.mu.Unlock()
	for range values {
		<-done
	}
}

// A gang's workers are started by a function that others call; each ends when
// its function does.
type gang struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	idle int
}

func (g *gang) start() { g.wg.Go(g.rest) }

func (g *gang) rest() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.idle++
}

func (g *gang) waitForStarted() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wg.Wait() // want "g\\.mu"
}

func (g *gang) waitForStartedThenLock() int {
	g.wg.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.idle
}
