package mpmc_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/mpmc"
)

func TestXB01_ZeroCapacityIsRendezvous(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 0)
		wantError(t, "TrySend() without a receiver", tx.TrySend(1), mpmc.ErrFull)
		var sent bool
		go func() {
			wantError(t, "Send()", tx.Send(t.Context(), 2), nil)
			sent = true
		}()
		synctest.Wait()
		if sent || tx.Len() != 0 {
			t.Fatalf("Send did not wait for a receiver; Len() = %d", tx.Len())
		}
		if v, err := rx.Recv(t.Context()); v != 2 || err != nil {
			t.Errorf("Recv() = %d, %v, want 2, nil", v, err)
		}
		synctest.Wait()
		if !sent {
			t.Error("Send still waits after its value was received")
		}
		go rx.Recv(t.Context())
		synctest.Wait()
		wantError(t, "TrySend() with a receiver waiting", tx.TrySend(3), nil)
	})
}

func TestXB02_EachValueGoesToOneConsumer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 2)
		const consumers, values = 3, 100
		var mu sync.Mutex
		var got []int
		for i := range consumers {
			own := rx.Clone()
			all := own.All(t.Context())
			if i == 0 {
				all = native(own.C())
			}
			go func() {
				defer own.Close()
				for v := range all {
					mu.Lock()
					got = append(got, v)
					mu.Unlock()
				}
			}()
		}
		var want []int
		for i := range values {
			wantError(t, "Send()", tx.Send(t.Context(), i), nil)
			want = append(want, i)
		}
		tx.Close()
		synctest.Wait()
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("received %v, want each of %d values once", got, values)
		}
	})
}

func TestSendWaitsForRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 2)
		send(t, tx, 1, 2)
		wantError(t, "TrySend() of a full queue", tx.TrySend(0), mpmc.ErrFull)
		var order []int
		for v := 3; v <= 5; v++ {
			go func() {
				wantError(t, "Send()", tx.Send(t.Context(), v), nil)
				order = append(order, v)
			}()
			synctest.Wait()
		}
		if len(order) != 0 {
			t.Fatal("Send did not wait for room")
		}
		for i := range 3 {
			wantValues(t, rx, i+1)
			synctest.Wait()
			if len(order) != i+1 {
				t.Fatalf("%d senders woken by %d reads", len(order), i+1)
			}
		}
		if want := []int{3, 4, 5}; !slices.Equal(order, want) {
			t.Errorf("senders were served in the order %v, want %v", order, want)
		}
		time.Sleep(time.Second) // of the bubble
		wantValues(t, rx, 4, 5)
		got := tx.Stats()
		if got.Blocked != 3 || got.Full != 1 || got.HighWater != 2 || got.Sent != 5 || got.Received != 5 {
			t.Errorf("Stats() = %+v, want 3 blocked, 1 full, high water 2, 5 sent, 5 received", got)
		}
	})
}

func TestBlockedForIsMeasured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 1)
		send(t, tx, 1)
		go func() {
			time.Sleep(time.Minute)
			rx.TryRecv()
		}()
		wantError(t, "Send()", tx.Send(t.Context(), 2), nil)
		if got := tx.Stats().BlockedFor; got != time.Minute {
			t.Errorf("BlockedFor = %v, want 1m", got)
		}
	})
}

func TestXB06_FairAmongReadyChannels(t *testing.T) {
	_, a := newInts(t, 1)
	const n = 1000
	txA, rxA := newInts(t, n)
	txB, rxB := newInts(t, n)
	for i := range n {
		send(t, txA, i)
		send(t, txB, i)
	}
	var fromA int
	for range n {
		select {
		case <-rxA.C():
			fromA++
		case <-rxB.C():
		case <-a.C(): // never ready
		}
	}
	// The odds of missing this are below one in a billion.
	if fromA < 400 || fromA > 600 {
		t.Errorf("%d of %d values came from the first of two ready queues", fromA, n)
	}
}

func TestXB07_TimersAndNilChannelsInSelect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, rx := newInts(t, 1)
		var never <-chan int
		start := time.Now()
		select {
		case <-rx.C():
			t.Error("received from an empty queue")
		case <-never:
			t.Error("received from a nil channel")
		case <-time.After(time.Second):
		}
		if got := time.Since(start); got != time.Second {
			t.Errorf("waited %v, want 1s", got)
		}
	})
}

func TestXB08_Select(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 1)
		other := rx.Clone()
		defer other.Close()
		got := make(chan int, 1)
		go func() {
			select {
			case v := <-rx.C():
				got <- v
			case v := <-other.C(): // the same channel twice
				got <- v
			case <-tx.Done():
			}
		}()
		synctest.Wait()
		send(t, tx, 7)
		if v := <-got; v != 7 {
			t.Errorf("received %d, want 7", v)
		}
	})
}

func TestXB09_All(t *testing.T) {
	tx, rx := newInts(t, 8)
	send(t, tx, 1, 2, 3)
	for v := range rx.All(t.Context()) {
		if v != 1 {
			t.Errorf("All() yields %d, want 1", v)
		}
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range rx.All(ctx) {
		cancel() // although 3 is there
	}
	wantValues(t, rx, 3)
	send(t, tx, 4)
	tx.Close()
	if got := slices.Collect(rx.All(t.Context())); !slices.Equal(got, []int{4}) {
		t.Errorf("All() yields %v, want [4]", got)
	}
}

func TestXB10_Drain(t *testing.T) {
	tx, rx := newInts(t, 8)
	if got := slices.Collect(rx.Drain()); len(got) != 0 {
		t.Errorf("Drain() of an empty queue yields %v", got)
	}
	send(t, tx, 1, 2, 3)
	var got []int
	for v := range rx.Drain() {
		got = append(got, v)
		send(t, tx, 10+v) // not queued when the loop started
	}
	if want := []int{1, 2, 3}; !slices.Equal(got, want) || rx.Len() != 3 {
		t.Errorf("Drain() yields %v and leaves %d, want %v and 3", got, rx.Len(), want)
	}
	for range rx.Drain() {
		break
	}
	wantValues(t, rx, 12, 13)
	send(t, tx, 4)
	tx.Close()
	if got := slices.Collect(rx.Drain()); !slices.Equal(got, []int{4}) {
		t.Errorf("Drain() of a closed queue yields %v, want [4]", got)
	}
}

func TestXB11_Deadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tx, rx := newInts(t, 1)
		for name, wait := range map[string]func(ctx context.Context) error{
			"Recv": func(ctx context.Context) error {
				_, err := rx.Recv(ctx)
				return err
			},
			"Send": func(ctx context.Context) error {
				tx.TrySend(1)
				err := tx.Send(ctx, 2)
				wantValues(t, rx, 1)
				return err
			},
		} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			start := time.Now()
			wantError(t, name, wait(ctx), context.DeadlineExceeded)
			if got := time.Since(start); got != time.Minute {
				t.Errorf("%s waited %v, want 1m", name, got)
			}
			cancel()
		}
		if got := rx.Stats(); got.Cancelled != 2 || got.Sent != 1 || got.Len != 0 {
			t.Errorf("Stats() = %+v, want 2 cancelled, 1 sent, none queued", got)
		}
	})
}

func TestEndedContextComesFirst(t *testing.T) {
	tx, rx := newInts(t, 4)
	send(t, tx, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := rx.Recv(ctx)
	wantError(t, "Recv()", err, context.Canceled)
	wantError(t, "Send()", tx.Send(ctx, 2), context.Canceled)
	wantValues(t, rx, 1)
	if rx.Len() != 0 {
		t.Error("a Send that failed left its value")
	}
}
