package capacity_test

import (
	"errors"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/chanlint/chanlint/runtime/capacity"
	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/mpsc"
)

func TestObserve(t *testing.T) {
	before := chans.Stats{Cap: 8, Sent: 100, Received: 95, Full: 1, Blocked: 2, BlockedFor: time.Second}
	after := chans.Stats{
		Cap: 8, Sent: 180, Received: 175, Full: 21, Blocked: 12, BlockedFor: 3 * time.Second, HighWater: 8,
	}
	got, err := capacity.Observe(before, after, 10*time.Second)
	want := capacity.Observation{
		Arrivals: 10, Departures: 8, Full: 0.3, Blocked: 200 * time.Millisecond, HighWater: 8, Cap: 8,
	}
	if got != want || err != nil {
		t.Errorf("Observe = %+v, %v, want %+v", got, err, want)
	}
	for what, f := range map[string]func() (capacity.Observation, error){
		"no time":       func() (capacity.Observation, error) { return capacity.Observe(before, after, 0) },
		"wrong order":   func() (capacity.Observation, error) { return capacity.Observe(after, before, 1) },
		"another queue": func() (capacity.Observation, error) { return capacity.Observe(chans.Stats{Cap: 1}, after, 1) },
	} {
		if _, err := f(); !errors.Is(err, capacity.ErrInput) {
			t.Errorf("%s: error %v, want %v", what, err, capacity.ErrInput)
		}
	}
	if got, err := capacity.Observe(before, before, time.Second); err != nil || got.Full != 0 || got.Blocked != 0 {
		t.Errorf("Observe of no change = %+v, %v", got, err)
	}
}

func TestForFullFromObservation(t *testing.T) {
	for _, l := range []capacity.Load{
		{Arrivals: 800, Services: 1000},
		{Arrivals: 900, Services: 1000},
		{Arrivals: 800, Services: 1000, ServiceCV: 0.5},
	} {
		s := simulate(l, values, -1)
		for _, k := range []int{4, 8} { // the capacity there is
			o := capacity.Observation{Cap: k, Full: s.full(k)}
			got, err := o.ForFull(0.01)
			want := s.forFull(0.01)
			good := near(float64(got), float64(want), 1) || l.ServiceCV != 0 && got > want // regular service: too large
			if err != nil || !good {
				t.Errorf("%+v, capacity %d: ForFull = %d, %v; the simulation needs %d", l, k, got, err, want)
			}
		}
	}
	if got, err := (capacity.Observation{HighWater: 5, Cap: 64}).ForFull(0.01); got != 5 || err != nil {
		t.Errorf("ForFull of one that was never full = %d, %v, want the high-water mark 5", got, err)
	}
	if _, err := (capacity.Observation{Cap: 5, Full: 0.81}).ForFull(0.01); !errors.Is(err, capacity.ErrOverload) {
		t.Errorf("ForFull of one that was mostly full: %v, want %v", err, capacity.ErrOverload)
	}
	if _, err := (capacity.Observation{}).ForFull(0); !errors.Is(err, capacity.ErrInput) {
		t.Errorf("ForFull(0): %v, want %v", err, capacity.ErrInput)
	}
}

// A real queue, with senders that each send once, and so do not slow down.
func TestForFullFromAQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n, arrivals, services = 10000, 800.0, 1000.0
		tx, rx := mpsc.New[int](4)
		defer rx.Close()
		rnd := source()
		service := make([]time.Duration, n)
		for i := range service {
			service[i] = time.Duration(rnd.ExpFloat64() / services * float64(time.Second))
		}
		begin, before := time.Now(), rx.Stats()
		go func() {
			for i := range n {
				<-time.After(time.Duration(rnd.ExpFloat64() / arrivals * float64(time.Second)))
				go tx.Send(t.Context(), i)
			}
		}()
		for i := range n {
			if _, err := rx.Recv(t.Context()); err != nil {
				t.Fatal(err)
			}
			<-time.After(service[i])
		}
		tx.Close()
		o, err := capacity.Observe(before, rx.Stats(), time.Since(begin))
		if err != nil || !near(o.Arrivals, arrivals, 0) || !near(o.Departures, arrivals, 0) {
			t.Errorf("Observe = %+v, %v, want %v values per second", o, err, arrivals)
		}
		want, _ := capacity.Load{Arrivals: arrivals, Services: services}.ForFull(0.01)
		got, err := o.ForFull(0.01)
		if err != nil || math.Abs(float64(got-want)) > 3 { // as a short run is
			t.Errorf("ForFull = %d, %v, want about %d; observed %+v", got, err, want, o)
		}
	})
}
