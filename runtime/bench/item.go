package main

import (
	"context"
	"slices"
)

// An item is a job that several contenders do, each in its own way.
type item struct {
	name       string
	contenders []contender
	want       func(n int) uint64 // what each of them returns for n operations
	targets    []target
}

// A contender does a job. It returns a checksum of the values it has received,
// so that one that loses values cannot win.
type contender struct {
	name string // one of those below, or the name of a public library
	run  func(ctx context.Context, n int) uint64
}

// The contenders with a column of their own. Those without ctx use a context
// that cannot end, or none at all.
const (
	native    = "native"
	nativeCtx = "native, ctx"
	ours      = "ours"
	oursCtx   = "ours, ctx"
)

var columns = []string{native, nativeCtx, ours, oursCtx}

// A target limits the time of one contender by that of another.
type target struct {
	subject, base string
	limit         float64 // ratio of the times
}

// sumTo returns 0 + 1 + ... + (n-1).
func sumTo(n int) uint64 { return uint64(n) * uint64(n-1) / 2 }

// times returns a function for times copies of what sumTo returns.
func times(copies int) func(n int) uint64 {
	return func(n int) uint64 { return uint64(copies) * sumTo(n) }
}

// items returns all there is to measure.
func items() []item {
	return slices.Concat(queueItems(), broadcastItems(), watchItems(), oneshotItems(), priorityItems(), streamItems())
}
