package near

import "sync"

// What no schedule leads to is no deadlock, although the goroutine that ends
// the wait needs the lock: it is done when the lock is taken.
func waitsTwice() {
	var mu sync.Mutex
	done := make(chan struct{})
	go func() {
		mu.Lock()
		defer mu.Unlock()
		close(done)
	}()
	<-done
	mu.Lock()
	<-done
	mu.Unlock()
}
