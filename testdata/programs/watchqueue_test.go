package programs

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestMark(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flushed := 0
		n := newNotifier(func() {
			<-time.After(time.Second)
			flushed++
		})
		synctest.Wait()
		n.mark()
		synctest.Wait()
		n.mark() // while it flushes
		<-time.After(time.Minute)
		n.stop()
		synctest.Wait()
		if flushed != 2 {
			t.Errorf("flushed %d times, want 2", flushed)
		}
	})
}

// One who waits has given up when it is woken; the other is to get the item.
func giveUp(t *testing.T, get func(context.Context) (int, error), put func(int)) {
	ctx, cancel := context.WithCancel(t.Context())
	quitter, other := make(chan error), make(chan int, 1)
	go func() {
		_, err := get(ctx)
		quitter <- err
	}()
	synctest.Wait()
	go func() {
		v, _ := get(context.Background())
		other <- v
	}()
	synctest.Wait()
	cancel()
	put(7)
	if err := <-quitter; err == nil {
		t.Fatal("the one that gives up got the item")
	}
	if v := <-other; v != 7 {
		t.Errorf("got %d, want 7", v)
	}
}

func TestStock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStock()
		giveUp(t, s.get, s.put)
	})
}

func TestShelf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		giveUp(t, s.get, s.put)
	})
}
