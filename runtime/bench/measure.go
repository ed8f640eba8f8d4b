package main

import (
	"context"
	"fmt"
	"log"
	"math"
	"runtime"
	"time"
)

// A cost is what one operation takes.
type cost struct {
	ns     float64
	allocs float64
}

// minimum returns the smaller of each.
func minimum(a, b cost) cost {
	return cost{min(a.ns, b.ns), min(a.allocs, b.allocs)}
}

// A result is the minimal cost of each contender of an item, by name.
type result map[string]cost

// firstOps is how many operations a contender does when nothing is known about
// it yet.
const firstOps = 1000

// measureAll measures every contender of every item, rounds times. A round goes
// once through all of them, so that a disturbance hits neighbours alike and
// nobody in all rounds.
func measureAll(ctx context.Context, items []item, rounds int, each time.Duration) ([]result, error) {
	results := make([]result, len(items))
	for i := range results {
		results[i] = make(result)
	}
	for round := range rounds {
		for i, it := range items {
			for _, c := range it.contenders {
				if err := results[i].measure(ctx, it, c, each); err != nil {
					return nil, err
				}
			}
		}
		if (round+1)%10 == 0 {
			log.Printf("%d of %d rounds done", round+1, rounds)
		}
	}
	return results, nil
}

// measure measures c once more. How often it repeats the operation follows from
// the best cost so far: what was slow because of something else must not make
// the next measurement too short.
func (r result) measure(ctx context.Context, it item, c contender, each time.Duration) error {
	best, known := r[c.name]
	if !known {
		best = cost{math.Inf(1), math.Inf(1)}
	}
	n := firstOps
	if known {
		n = max(firstOps, int(float64(each)/best.ns))
	}
	got, sum := measure(ctx, c, n)
	if want := it.want(n); sum != want {
		return fmt.Errorf("%s: %s: values sum up to %d after %d operations, want %d", it.name, c.name, sum, n, want)
	}
	r[c.name] = minimum(best, got)
	return nil
}

// measure has c do n operations.
func measure(ctx context.Context, c contender, n int) (cost, uint64) {
	runtime.GC() // or one would pay for the garbage of the one before
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	sum := c.run(ctx, n)
	elapsed := time.Since(start)
	runtime.ReadMemStats(&after)
	return cost{
		ns:     float64(elapsed) / float64(n),
		allocs: float64(after.Mallocs-before.Mallocs) / float64(n),
	}, sum
}
