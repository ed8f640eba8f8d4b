package capacity_test

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/chanlint/chanlint/runtime/capacity"
)

// near reports whether got is within a tenth of want, or within slack.
func near(got, want, slack float64) bool {
	return math.Abs(got-want) <= max(math.Abs(want)/10, slack)
}

// Loads for which the formulas are to be good.
func goodLoads() []capacity.Load {
	var all []capacity.Load
	for _, rho := range []float64{0.5, 0.8, 0.9} {
		all = append(all,
			capacity.Load{Arrivals: 1000 * rho, Services: 1000},
			capacity.Load{Arrivals: 1000 * rho, Services: 1000, ServiceCV: capacity.Constant},
			capacity.Load{Arrivals: 1000 * rho, Services: 1000, ServiceCV: 0.5},
			capacity.Load{Arrivals: 1000 * rho, Services: 1000, ServiceCV: 1.4},
			capacity.Load{Arrivals: 4000 * rho, Services: 1000, Consumers: 4},
			capacity.Load{Arrivals: 16000 * rho, Services: 1000, Consumers: 16},
		)
	}
	return all
}

const values = 300_000 // in a simulation

func TestForFullAndWaitAgreeWithSimulation(t *testing.T) {
	for _, l := range goodLoads() {
		s := simulate(l, values, -1)
		for _, p := range []float64{0.05, 0.01} {
			got, err := l.ForFull(p)
			if want := s.forFull(p); err != nil || !near(float64(got), float64(want), 1) {
				t.Errorf("%+v: ForFull(%v) = %d, %v; the simulation needs %d", l, p, got, err, want)
			}
		}
		wait, err := l.Wait()
		if want := s.waited / values; err != nil || !near(wait.Seconds(), want, 1e-5) {
			t.Errorf("%+v: Wait = %v, %v; in the simulation %.6f s", l, wait, err, want)
		}
	}
}

func TestRegularArrivals(t *testing.T) {
	for _, rho := range []float64{0.5, 0.8, 0.9} {
		for _, cv := range []float64{capacity.Constant, 0.5} {
			l := capacity.Load{Arrivals: 1000 * rho, Services: 1000, ArrivalCV: cv}
			s := simulate(l, values, -1)
			got, err := l.ForFull(0.01)
			want := s.forFull(0.01)
			tooLarge := float64(got) > max(1.25*float64(want), float64(want+1))
			tooSmall := float64(got) < min(0.9*float64(want), float64(want-1))
			if err != nil || tooLarge || tooSmall {
				t.Errorf("%+v: ForFull = %d, %v; the simulation needs %d", l, got, err, want)
			}
		}
	}
}

func TestLossAgreesWithSimulation(t *testing.T) {
	for _, l := range goodLoads() {
		k, err := l.ForLoss(0.02)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := l.Loss(k)
		if before, _ := l.Loss(k - 1); got > 0.02 || k > 0 && before <= 0.02 {
			t.Errorf("%+v: ForLoss = %d, where the loss is %v after %v", l, k, got, before)
		}
		s := simulate(l, values, k)
		if want := float64(s.refused) / values; l.ServiceCV == 0 && !near(got, want, 0) {
			t.Errorf("%+v: Loss(%d) = %.4f, the simulation loses %.4f", l, k, got, want)
		}
		want := k // the capacity that the simulation needs
		for ; float64(s.refused)/values > 0.02; want++ {
			s = simulate(l, values, want+1)
		}
		if !near(float64(k), float64(want), 1) {
			t.Errorf("%+v: ForLoss = %d, the simulation needs %d", l, k, want)
		}
	}
}

// Numbers that can be checked by hand.
func TestKnownValues(t *testing.T) {
	one := capacity.Load{Arrivals: 800, Services: 1000}
	full := func(k int) float64 { p, _ := one.Full(k); return p }
	loss := func(k int) float64 { p, _ := one.Loss(k); return p }
	wait, _ := one.Wait()
	two := capacity.Load{Arrivals: 1, Services: 1, Consumers: 2}
	busy, _ := two.Full(0)
	for _, test := range []struct {
		what      string
		got, want float64
	}{
		{"one consumer, busy", full(0), 0.8},
		{"one consumer, 3 in the buffer", full(3), math.Pow(0.8, 4)},
		{"one consumer, loss without buffer", loss(0), 0.8 / 1.8}, // Erlang B
		{"one consumer, loss", loss(1), 0.2 * 0.64 / (1 - 0.512)},
		{"one consumer, wait", wait.Seconds(), 0.004},
		{"two consumers, half the load", busy, 1.0 / 3}, // Erlang C
		{"utilization", two.Utilization(), 0.5},
	} {
		if math.Abs(test.got-test.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", test.what, test.got, test.want)
		}
	}
	metronome := capacity.Load{Arrivals: 9, Services: 10, ArrivalCV: capacity.Constant, ServiceCV: capacity.Constant}
	if n, err := metronome.ForFull(0.01); n != 1 || err != nil {
		t.Errorf("ForFull without any variation = %d, %v, want 1", n, err)
	}
}

func TestWithin(t *testing.T) {
	l := capacity.Load{Arrivals: 1, Services: 200, Consumers: 3}
	if got := l.Within(500 * time.Millisecond); got != 300 {
		t.Errorf("Within(500ms) = %d, want 300", got)
	}
	if got := l.Within(-time.Second); got != 0 {
		t.Errorf("Within(-1s) = %d, want 0", got)
	}
}

func TestLoadErrors(t *testing.T) {
	for _, test := range []struct {
		load capacity.Load
		p    float64
		want error
	}{
		{capacity.Load{Arrivals: 10, Services: 10}, 0.1, capacity.ErrOverload},
		{capacity.Load{Arrivals: 31, Services: 10, Consumers: 3}, 0.1, capacity.ErrOverload},
		{capacity.Load{Services: 10}, 0.1, capacity.ErrInput},
		{capacity.Load{Arrivals: 10}, 0.1, capacity.ErrInput},
		{capacity.Load{Arrivals: 1, Services: math.NaN()}, 0.1, capacity.ErrInput},
		{capacity.Load{Arrivals: 1, Services: math.Inf(1)}, 0.1, capacity.ErrInput},
		{capacity.Load{Arrivals: 1, Services: 2, Consumers: -1}, 0.1, capacity.ErrInput},
		{capacity.Load{Arrivals: 1, Services: 2, ArrivalCV: math.NaN()}, 0.1, capacity.ErrInput},
		{capacity.Load{Arrivals: 1, Services: 2}, 0, capacity.ErrInput},
		{capacity.Load{Arrivals: 1, Services: 2}, 1, capacity.ErrInput},
	} {
		name := fmt.Sprintf("%+v, %v", test.load, test.p)
		if _, err := test.load.ForFull(test.p); !errors.Is(err, test.want) {
			t.Errorf("%s: ForFull: %v, want %v", name, err, test.want)
		}
		if _, err := test.load.ForLoss(test.p); !errors.Is(err, test.want) {
			t.Errorf("%s: ForLoss: %v, want %v", name, err, test.want)
		}
	}
	hopeless := capacity.Load{Arrivals: 1, Services: 1 + 1e-12}
	if n, err := hopeless.ForFull(0.1); !errors.Is(err, capacity.ErrOverload) {
		t.Errorf("ForFull of what is nearly an overload = %d, %v, want %v", n, err, capacity.ErrOverload)
	}
	bad := capacity.Load{Arrivals: 2, Services: 1}
	_, full := bad.Full(1)
	_, loss := bad.Loss(1)
	_, wait := bad.Wait()
	for what, err := range map[string]error{"Full": full, "Loss": loss, "Wait": wait} {
		if !errors.Is(err, capacity.ErrOverload) {
			t.Errorf("%s of an overload: %v, want %v", what, err, capacity.ErrOverload)
		}
	}
}
