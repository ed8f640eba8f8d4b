package broadcast_test

import (
	"math/rand/v2"
	"testing"

	"github.com/chanlint/chanlint/runtime/broadcast"
)

func TestBC06_LagIsExact(t *testing.T) {
	for capacity := 1; capacity <= 9; capacity++ {
		for extra := 1; extra <= 20; extra++ {
			tx, rx := newInts(t, capacity)
			for i := range capacity + extra {
				send(t, tx, i)
			}
			wantLag(t, rx, uint64(extra))
			wantValues(t, rx, extra)
			if got := tx.Stats(); got.Lagged != 1 || got.Missed != uint64(extra) || got.Received != 1 {
				t.Errorf("Stats() = %+v, want 1 lag, %d missed, 1 received", got, extra)
			}
		}
	}
}

func TestBC07_OldestRetainedFollowsLag(t *testing.T) {
	tx, rx := newInts(t, 3)
	send(t, tx, 0, 1, 2, 3, 4)
	wantLag(t, rx, 2)
	wantValues(t, rx, 2, 3, 4)
	wantError(t, rx, broadcast.ErrEmpty)
}

func TestBC08_AtCapacityIsNoLag(t *testing.T) {
	tx, rx := newInts(t, 3)
	send(t, tx, 0, 1, 2)
	wantValues(t, rx, 0, 1, 2)
	send(t, tx, 3, 4, 5)
	wantValues(t, rx, 3, 4, 5)
}

func TestBC09_LagIsPerReceiver(t *testing.T) {
	tx, fast := newInts(t, 2)
	slow := tx.Subscribe()
	defer slow.Close()
	for i := range 5 {
		send(t, tx, i)
		wantValues(t, fast, i)
	}
	wantLag(t, slow, 3)
	wantValues(t, slow, 3, 4)
	wantError(t, fast, broadcast.ErrEmpty)
}

func TestBC10_LagAgainCountsTheNewGap(t *testing.T) {
	tx, rx := newInts(t, 2)
	send(t, tx, 0, 1, 2)
	wantLag(t, rx, 1)
	wantValues(t, rx, 1, 2)
	send(t, tx, 3, 4, 5, 6, 7)
	wantLag(t, rx, 3)
	wantValues(t, rx, 6, 7)
}

func TestBC11_LagTwiceBeforeReading(t *testing.T) {
	tx, rx := newInts(t, 2)
	send(t, tx, 0, 1, 2)
	wantLag(t, rx, 1)
	send(t, tx, 3, 4)
	wantLag(t, rx, 2) // 1 and 2, counted from where the first lag left it
	wantValues(t, rx, 3, 4)
}

func TestBC12_AllReadsReportLagAlike(t *testing.T) {
	reads := map[string]func(rx *broadcast.Receiver[int]) (int, error){
		"TryRecv": func(rx *broadcast.Receiver[int]) (int, error) { return rx.TryRecv() },
		"Recv":    func(rx *broadcast.Receiver[int]) (int, error) { return rx.Recv(t.Context()) },
		"RecvMany": func(rx *broadcast.Receiver[int]) (int, error) {
			dst, err := rx.RecvMany(t.Context(), nil, 10)
			return len(dst), err
		},
		"All": func(rx *broadcast.Receiver[int]) (int, error) {
			for v, err := range rx.All(t.Context()) {
				return v, err
			}
			return 0, nil
		},
	}
	for name, read := range reads {
		t.Run(name, func(t *testing.T) {
			tx, rx := newInts(t, 2)
			send(t, tx, 0, 1, 2, 3, 4)
			v, err := read(rx)
			checkLag(t, v, err, 3)
			wantValues(t, rx, 3, 4)
		})
	}
}

func TestBC13_LagDoesNotDisconnect(t *testing.T) {
	tx, rx := newInts(t, 1)
	for i := range 10 {
		send(t, tx, 2*i, 2*i+1)
		wantLag(t, rx, 1)
		wantValues(t, rx, 2*i+1)
	}
	if got := tx.Receivers(); got != 1 {
		t.Errorf("Receivers() = %d, want 1", got)
	}
}

func TestBC14_CapacityOne(t *testing.T) {
	tx, rx := newInts(t, 1)
	send(t, tx, 1)
	wantValues(t, rx, 1)
	wantError(t, rx, broadcast.ErrEmpty)
	send(t, tx, 2, 3, 4)
	wantLag(t, rx, 2)
	wantValues(t, rx, 4)
}

func TestBC15_CapacityIsExact(t *testing.T) {
	for _, capacity := range []int{1, 2, 3, 5, 6, 7, 9, 100} {
		tx, rx := newInts(t, capacity)
		if got := tx.Capacity(); got != capacity {
			t.Errorf("Capacity() = %d, want %d", got, capacity)
		}
		for i := range capacity + 1 {
			send(t, tx, i)
		}
		wantLag(t, rx, 1)
		if got := rx.Len(); got != capacity {
			t.Errorf("capacity %d: Len() after the lag = %d", capacity, got)
		}
	}
}

func TestBC17_ReceiverLen(t *testing.T) {
	tx, rx := newInts(t, 3)
	for i := range 7 {
		if got := rx.Len(); got != i {
			t.Errorf("Len() after %d sends = %d", i, got)
		}
		send(t, tx, i)
	}
	wantLag(t, rx, 4)
	if got := rx.Len(); got != 3 {
		t.Errorf("Len() after the lag = %d, want 3", got)
	}
	wantValues(t, rx, 4)
	if got := rx.Len(); got != 2 {
		t.Errorf("Len() after a read = %d, want 2", got)
	}
	rx.Close()
	if got := rx.Len(); got != 0 {
		t.Errorf("Len() after Close = %d, want 0", got)
	}
}

// TestBC18_SenderLen compares with the plain definition on random sequences.
func TestBC18_SenderLen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const capacity = 5
	tx, first := newInts(t, capacity)
	receivers := []*broadcast.Receiver[int]{first, tx.Subscribe(), tx.Subscribe()}
	for range 2000 {
		if i := rng.IntN(5); i < len(receivers) {
			receivers[i].TryRecv()
		} else {
			send(t, tx, 0)
		}
		if rng.IntN(50) == 0 {
			i := rng.IntN(len(receivers))
			receivers[i].Close()
			receivers[i] = tx.Subscribe()
		}
		var want int
		for _, rx := range receivers {
			want = max(want, min(rx.Len(), capacity))
		}
		if got := tx.Len(); got != want {
			t.Fatalf("Len() = %d, want %d", got, want)
		}
	}
	for _, rx := range receivers {
		rx.Close()
	}
	if got := tx.Len(); got != 0 {
		t.Errorf("Len() without receivers = %d, want 0", got)
	}
}

func TestHighWater(t *testing.T) {
	tx, rx := newInts(t, 4)
	send(t, tx, 1, 2, 3)
	wantValues(t, rx, 1, 2, 3)
	send(t, tx, 4)
	if got := tx.Stats().HighWater; got != 3 {
		t.Errorf("HighWater = %d, want 3", got)
	}
	send(t, tx, 5, 6, 7, 8, 9)
	wantLag(t, rx, 2)
	rx.RecvMany(t.Context(), nil, 9)
	if got := tx.Stats().HighWater; got != 4 {
		t.Errorf("HighWater after a lag = %d, want 4", got)
	}
}
