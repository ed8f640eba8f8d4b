package main

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestWorkloads has every contender do every job, for a few numbers of
// operations, of which some do not fill the last window or the last share. A
// goroutine that is left makes the bubble fail.
func TestWorkloads(t *testing.T) {
	for _, it := range items() {
		t.Run(it.name, func(t *testing.T) {
			for _, c := range it.contenders {
				for _, n := range []int{1, 31, 1500} {
					synctest.Test(t, func(t *testing.T) {
						if got, want := c.run(t.Context(), n), it.want(n); got != want {
							t.Errorf("%s: the values of %d operations sum up to %d, want %d", c.name, n, got, want)
						}
					})
				}
			}
		})
	}
}

// TestContenders checks that the tables can be filled.
func TestContenders(t *testing.T) {
	seen := make(map[string]bool)
	public := make(map[string]bool)
	for _, it := range items() {
		if seen[it.name] {
			t.Errorf("there are two items %q", it.name)
		}
		seen[it.name] = true
		names := make(map[string]bool)
		for _, c := range it.contenders {
			if names[c.name] {
				t.Errorf("%s: there are two contenders %q", it.name, c.name)
			}
			names[c.name] = true
			if !slices.Contains(columns, c.name) {
				public[c.name] = true
			}
		}
		if !names[ours] {
			t.Errorf("%s: this library does not take part", it.name)
		}
		for _, target := range it.targets {
			if !names[target.subject] || !names[target.base] {
				t.Errorf("%s: target of %q by %q, of which one does not take part", it.name, target.subject, target.base)
			}
		}
	}
	if got, want := len(public), 9; got != want {
		t.Errorf("%d structures of public libraries take part, want %d: %v", got, want, public)
	}
}

// An item whose contenders take a known time, and allocate.
func fakeItem(runs *int) item {
	return item{
		name: "fake",
		want: func(n int) uint64 { return uint64(n) },
		contenders: []contender{
			{native, func(_ context.Context, n int) uint64 { return allocate(n, 1) }},
			{ours, func(_ context.Context, n int) uint64 {
				*runs++
				return allocate(n, 2)
			}},
		},
	}
}

var sink *int

func allocate(n, each int) uint64 {
	for range n {
		for range each {
			sink = new(int)
		}
	}
	return uint64(n)
}

func TestMeasure(t *testing.T) {
	runs := 0
	results, err := measureAll(t.Context(), []item{fakeItem(&runs)}, 3, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if runs != 3 {
		t.Errorf("measured in %d rounds, want 3", runs)
	}
	for name, allocs := range map[string]float64{native: 1, ours: 2} {
		got := results[0][name]
		if got.ns <= 0 || got.allocs < allocs || got.allocs > allocs+0.1 {
			t.Errorf("%s: %+v per operation, want a time and %v allocations", name, got, allocs)
		}
	}
}

func TestMeasureFindsLostValues(t *testing.T) {
	loser := item{
		name:       "leaky",
		want:       sumTo,
		contenders: []contender{{ours, func(_ context.Context, n int) uint64 { return sumTo(n) - 1 }}},
	}
	_, err := measureAll(t.Context(), []item{loser}, 1, time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "leaky: ours: ") {
		t.Errorf("error %v, want one that names item and contender", err)
	}
}

func TestTables(t *testing.T) {
	list := []item{
		{
			name:       "queue",
			contenders: []contender{{name: native}, {name: nativeCtx}, {name: ours}, {name: oursCtx}, {name: "slow/lib"}, {name: "quick/lib"}},
			targets:    []target{{ours, native, 0.5}, {oursCtx, nativeCtx, 0.5}},
		},
		{name: "alone", contenders: []contender{{name: ours}}},
	}
	results := []result{
		{native: {20, 0}, nativeCtx: {100, 0}, ours: {10, 0}, oursCtx: {60.4, 0}, "slow/lib": {400, 1.5}, "quick/lib": {9.04, 0}},
		{ours: {1234.5, 2}},
	}
	wantTimes := `| ns per operation | native | native, ctx | ours | ours, ctx | allocs native | allocs ours | public libraries |
|---|--:|--:|--:|--:|--:|--:|---|
| queue | 20.0 | 100 | 10.0 | 60.4 | 0.0 | 0.0 | quick/lib 9.0, slow/lib 400 (1.5 allocs) |
| alone | – | – | 1234 | – | – | 2.0 | – |
`
	if got := timesTable(list, results); got != wantTimes {
		t.Errorf("times:\n%s\nwant:\n%s", got, wantTimes)
	}
	wantTargets := `| item | what | to what | ratio | target | |
|---|---|---|--:|--:|---|
| queue | ours | native | 0.50 | 0.50 | met |
| queue | ours, ctx | native, ctx | 0.60 | 0.50 | **missed** |
`
	if got := targetsTable(list, results); got != wantTargets {
		t.Errorf("targets:\n%s\nwant:\n%s", got, wantTargets)
	}
}

func TestEveryPackageTakesPart(t *testing.T) {
	for _, name := range []string{"mpsc", "mpmc", "oneshot", "broadcast", "watch", "priority", "stream"} {
		matches := regexp.MustCompile("^" + name)
		if !slices.ContainsFunc(items(), func(it item) bool { return matches.MatchString(it.name) }) {
			t.Errorf("no item is about %s", name)
		}
	}
}
