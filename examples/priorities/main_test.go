package main

import (
	"context"
	"errors"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// UUUUnbUUUUnbUUnnbnnnnbnnbbbbbb <nil>
	// 6 <nil>
}

// No lane waits for more than five jobs of others while it has jobs itself.
func TestNobodyStarves(t *testing.T) {
	const jobs = 300
	waited, left := [4]int{}, [4]int{0, jobs, jobs, jobs}
	err := dispatch(t.Context(), fill(jobs), func(lane int, _ string) {
		for other := 1; other <= 3; other++ {
			waited[other]++
			if other != lane && left[other] > 0 && waited[other] > 5 {
				t.Errorf("lane %d has waited for %d jobs", other, waited[other])
			}
		}
		waited[lane] = 0
		left[lane]--
	})
	if err != nil || left != [4]int{} {
		t.Errorf("dispatch = %v with %v jobs left, want nil and none", err, left)
	}
}

// The end of the context comes before any job.
func TestStopComesFirst(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err := dispatch(ctx, fill(100), func(int, string) {
		if n++; n == 7 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || n != 7 {
		t.Errorf("dispatch = %v after %d jobs, want %v after 7", err, n, context.Canceled)
	}
}
