package capacity_test

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/chanlint/chanlint/runtime/capacity"
)

// source returns a seeded source of random numbers.
func source() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// times returns a function for random times with a mean and a coefficient of
// variation: constant, Erlang, exponential, or hyperexponential with balanced
// means.
func times(rnd *rand.Rand, mean, cv float64) func() float64 {
	switch {
	case cv < 0:
		return func() float64 { return mean }
	case cv == 0 || cv == 1:
		return func() float64 { return rnd.ExpFloat64() * mean }
	case cv < 1:
		stages := int(math.Round(1 / (cv * cv)))
		return func() (t float64) {
			for range stages {
				t += rnd.ExpFloat64() * mean / float64(stages)
			}
			return t
		}
	}
	p := (1 + math.Sqrt((cv*cv-1)/(cv*cv+1))) / 2
	return func() float64 {
		if rnd.Float64() < p {
			return rnd.ExpFloat64() * mean / (2 * p)
		}
		return rnd.ExpFloat64() * mean / (2 * (1 - p))
	}
}

// A simulation counts what arriving values have found.
type simulation struct {
	found   []int // by length of the queue; a value that waits for nobody is not counted
	refused int
	values  int
	waited  float64 // in sum
}

// simulate has n values arrive at a queue. If bound is not negative, a value that
// finds so many waiting is refused.
func simulate(l capacity.Load, n, bound int) simulation {
	rnd := source()
	between := times(rnd, 1/l.Arrivals, l.ArrivalCV)
	service := times(rnd, 1/l.Services, l.ServiceCV)
	free := make([]float64, max(l.Consumers, 1)) // when each consumer is
	var starts []float64                         // of those who wait, in order
	s := simulation{values: n}
	now := 0.0
	for range n {
		now += between()
		for len(starts) > 0 && starts[0] <= now {
			starts = starts[1:]
		}
		first := slices.Index(free, slices.Min(free))
		if free[first] <= now {
			free[first] = now + service()
			continue
		}
		for len(s.found) <= len(starts) {
			s.found = append(s.found, 0)
		}
		s.found[len(starts)]++
		if bound >= 0 && len(starts) >= bound {
			s.refused++
			continue
		}
		s.waited += free[first] - now
		starts = append(starts, free[first])
		free[first] += service()
	}
	return s
}

// full returns the share of values that found k or more waiting.
func (s simulation) full(k int) float64 {
	sum := 0
	for _, n := range s.found[min(k, len(s.found)):] {
		sum += n
	}
	return float64(sum) / float64(s.values)
}

// forFull returns the smallest capacity that is full for a share of p at most.
func (s simulation) forFull(p float64) int {
	k := 0
	for s.full(k) > p {
		k++
	}
	return k
}
