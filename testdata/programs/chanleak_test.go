package programs

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := answer(ctx, func() int { <-time.After(time.Minute); return 1 })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want that of the context", err)
		}
		<-time.After(time.Hour) // and ask returns
	})
}

func TestPutAfterStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := make(chan int, 1)
		q := newQueue(func(v int) { got <- v })
		q.Put(1)
		if v := <-got; v != 1 {
			t.Errorf("got %d, want 1", v)
		}
		q.Stop()
		synctest.Wait()
		q.Put(2)
	})
}

func TestAskForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		replies := Ask(func() int { return 1 })
		synctest.Wait()
		_ = replies // the caller has lost interest
	})
}
