package programs

import (
	"testing"
	"testing/synctest"
)

func TestServe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		jobs, finish := make(chan int, 10), make(chan bool)
		go serve(jobs, func(int) { <-finish })
		for i := range cap(jobs) {
			jobs <- i
		}
		synctest.Wait()
		if n := len(jobs); n != cap(jobs)-3 { // two in work, one in hand
			t.Errorf("%d jobs are left in the queue, want %d", n, cap(jobs)-3)
		}
		close(finish)
		close(jobs)
	})
}
