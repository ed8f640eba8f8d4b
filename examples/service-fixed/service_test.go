package main

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// A ledger is a delivery that remembers what it was given.
type ledger struct {
	mu     sync.Mutex
	pieces map[string]int
	orders int
}

func newLedger() *ledger {
	return &ledger{pieces: make(map[string]int)}
}

func (l *ledger) deliver(batch []order) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, o := range batch {
		l.pieces[o.Item] += o.Count
	}
	l.orders += len(batch)
	return nil
}

// within fails the test if f does not return in time, instead of hanging with
// it.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f()
	}()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s has not returned after 20s", what)
	}
}

// Clients place orders of one bolt until the service stops. When as many as
// enough are confirmed, loaded is closed.
type clients struct {
	wg        sync.WaitGroup
	mu        sync.Mutex
	confirmed int
	ids       map[int]bool
	enough    int
	loaded    chan struct{}
}

func startClients(t *testing.T, svc *service, n, enough int) *clients {
	c := &clients{ids: make(map[int]bool), enough: enough, loaded: make(chan struct{})}
	for range n {
		c.wg.Go(func() {
			for {
				rcpt, err := svc.submit(context.Background(), order{Item: "bolt", Count: 1})
				switch {
				case err == nil:
					c.confirm(t, rcpt)
				case errors.Is(err, errBusy):
					// The outbox is full until its next flush.
				case errors.Is(err, errStopped):
					return
				default:
					t.Errorf("submit: got error %v", err)
					return
				}
			}
		})
	}
	return c
}

func (c *clients) confirm(t *testing.T, rcpt receipt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ids[rcpt.ID] {
		t.Errorf("submit: got receipt %d twice", rcpt.ID)
	}
	c.ids[rcpt.ID] = true
	c.confirmed++
	if c.confirmed == c.enough {
		close(c.loaded)
	}
}

// Stopped under load, the service has answered every order that it accepted,
// delivered it and told its subscribers, or counted that it could not.
func TestStopUnderLoad(t *testing.T) {
	const stock = 1 << 30
	l := newLedger()
	svc := start(map[string]int{"bolt": stock}, l.deliver)
	_, stuck := svc.events.subscribe(1) // not read until the end
	_, events := svc.events.subscribe(16)
	seen := make(chan int, 1)
	go func() { seen <- count(events) }()

	c := startClients(t, svc, 8, 5000)
	within(t, "the load", func() { <-c.loaded })
	within(t, "stop", svc.stop)
	within(t, "the clients", c.wg.Wait)

	if got := svc.accepted; got != c.confirmed {
		t.Errorf("accepted: got %d, want %d, which is what the clients were told", got, c.confirmed)
	}
	if got := l.orders; got != c.confirmed {
		t.Errorf("delivered: got %d orders, want %d", got, c.confirmed)
	}
	if got, want := l.pieces["bolt"], c.confirmed; got != want {
		t.Errorf("delivered: got %d bolts, want %d", got, want)
	}
	if got, want := <-seen+count(stuck)+svc.events.lost(), 2*c.confirmed; got != want {
		t.Errorf("events seen and lost by two subscribers: got %d, want %d", got, want)
	}
	if got := svc.events.lost(); got < c.confirmed-1 {
		t.Errorf("events lost: got %d, want at least %d, which is what had no room", got, c.confirmed-1)
	}
	if _, err := svc.submit(t.Context(), order{Item: "bolt", Count: 1}); !errors.Is(err, errStopped) {
		t.Errorf("submit after stop: got error %v, want %v", err, errStopped)
	}
	if _, err := svc.report(); !errors.Is(err, errStopped) {
		t.Errorf("report after stop: got error %v, want %v", err, errStopped)
	}
}

// count returns how many events come before the end of a subscription.
func count(events <-chan event) (n int) {
	for range events {
		n++
	}
	return n
}

// Everything that takes a lock goes on while the loop is busy, until it stops
// and after it has.
func TestUseUnderLoad(t *testing.T) {
	svc := start(map[string]int{"bolt": 1 << 30}, newLedger().deliver)
	c := startClients(t, svc, 4, 1000)
	within(t, "the load", func() { <-c.loaded })
	var users, stops sync.WaitGroup
	for range 2 {
		users.Go(func() {
			for useOnce(t, svc) {
			}
		})
	}
	within(t, "the use", func() {
		for range 500 {
			if !useOnce(t, svc) {
				t.Error("service is stopped, want running")
				return
			}
		}
	})
	for range 3 {
		stops.Go(svc.stop)
	}
	within(t, "stop, called three times", stops.Wait)
	within(t, "the use until the end", users.Wait)
	within(t, "the clients", c.wg.Wait)
}

// useOnce does once what users of a service can do besides placing orders. It
// reports whether the service was still running.
func useOnce(t *testing.T, svc *service) bool {
	svc.settings.replace(limits{MaxCount: 10})
	id, _ := svc.events.subscribe(0)
	defer svc.events.unsubscribe(id)
	rep, err := svc.report()
	if errors.Is(err, errStopped) {
		return false
	}
	if err != nil {
		t.Errorf("report: got error %v", err)
	}
	if rep.Accepted < 1000 {
		t.Errorf("report: got %d orders accepted, want 1000 at least", rep.Accepted)
	}
	return true
}

func TestRefusals(t *testing.T) {
	svc := start(map[string]int{"bolt": 8}, newLedger().deliver)
	defer svc.stop()
	for _, tt := range []struct {
		order order
		want  error
	}{
		{order{"bolt", 0}, errInvalid},
		{order{"bolt", -1}, errInvalid},
		{order{"bolt", 11}, errTooLarge},
		{order{"bolt", 9}, errOutOfStock},
		{order{"bolt", 8}, nil},
		{order{"bolt", 1}, errOutOfStock},
		{order{"cog", 1}, errOutOfStock},
	} {
		if _, err := svc.submit(t.Context(), tt.order); !errors.Is(err, tt.want) {
			t.Errorf("submit(%v): got error %v, want %v", tt.order, err, tt.want)
		}
	}
	rep, err := svc.report()
	if err != nil {
		t.Fatalf("report: got error %v", err)
	}
	if rep.Accepted != 1 || rep.Refused != 6 {
		t.Errorf("report: got %d accepted and %d refused, want 1 and 6", rep.Accepted, rep.Refused)
	}
	if want := map[string]int{"bolt": 0}; !maps.Equal(rep.Stock, want) {
		t.Errorf("report: got stock %v, want %v", rep.Stock, want)
	}
}

// A full outbox refuses orders instead of growing.
func TestBusy(t *testing.T) {
	b := newOutbox(newLedger().deliver, newHealth())
	for i := range outboxSize {
		if !b.add(order{"bolt", 1}) {
			t.Fatalf("add: got false after %d orders, want true", i)
		}
	}
	if b.add(order{"bolt", 1}) {
		t.Errorf("add: got true after %d orders, want false", outboxSize)
	}
	b.flush()
	if !b.add(order{"bolt", 1}) {
		t.Errorf("add after flush: got false, want true")
	}
}

func TestSettings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		svc := start(map[string]int{"bolt": 100}, newLedger().deliver)
		defer svc.stop()
		large := order{"bolt", 30}
		if _, err := svc.submit(t.Context(), large); !errors.Is(err, errTooLarge) {
			t.Errorf("submit(%v): got error %v, want %v", large, err, errTooLarge)
		}
		svc.settings.replace(limits{MaxCount: 20})
		svc.settings.replace(limits{MaxCount: 30})
		synctest.Wait() // until the loop has seen the change
		if _, err := svc.submit(t.Context(), large); err != nil {
			t.Errorf("submit(%v) with a higher limit: got error %v", large, err)
		}
	})
}

// Deliveries that fail are repeated, and enough failures show in the health.
func TestDeliveryFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down, l := true, newLedger()
		deliver := func(batch []order) error {
			if down {
				return errors.New("no connection")
			}
			return l.deliver(batch)
		}
		b := newOutbox(deliver, newHealth())
		b.health.set(statusUp)
		b.add(order{"bolt", 2})
		began := time.Now()
		b.flush()
		if got, want := time.Since(began), 3*firstBackoff; got != want {
			t.Errorf("flush that fails: took %v, want %v", got, want)
		}
		if got := b.health.current(); got != statusDegraded {
			t.Errorf("health after %d failures: got %s, want %s", maxAttempts, got, statusDegraded)
		}
		if pending, delivered := b.counts(); pending != 1 || delivered != 0 {
			t.Errorf("after failures: got %d pending, %d delivered, want 1, 0", pending, delivered)
		}
		down = false
		b.flush()
		if got := b.health.current(); got != statusUp {
			t.Errorf("health after success: got %s, want %s", got, statusUp)
		}
		if pending, delivered := b.counts(); pending != 0 || delivered != 1 || l.orders != 1 {
			t.Errorf("after success: got %d pending, %d delivered, %d received, want 0, 1, 1",
				pending, delivered, l.orders)
		}
	})
}

// While a delivery is being repeated, the outbox takes orders and answers.
func TestUseDuringBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newOutbox(func([]order) error { return errors.New("no connection") }, newHealth())
		b.add(order{"bolt", 1})
		began := time.Now()
		flushed := make(chan struct{})
		go func() {
			defer close(flushed)
			b.flush()
		}()
		synctest.Wait() // until flush sleeps
		b.add(order{"bolt", 1})
		if pending, _ := b.counts(); pending != 2 {
			t.Errorf("counts during backoff: got %d pending, want 2", pending)
		}
		if got := time.Since(began); got != 0 {
			t.Errorf("add and counts during backoff: took %v, want 0s", got)
		}
		<-flushed
	})
}

func TestSubscribeAfterClose(t *testing.T) {
	b := newBus()
	b.close()
	id, events := b.subscribe(1)
	if got := count(events); got != 0 {
		t.Errorf("subscription after close: got %d events, want 0", got)
	}
	b.unsubscribe(id)
	b.close()
}
