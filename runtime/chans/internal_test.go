package chans

import (
	"runtime"
	"testing"
	"testing/synctest"
)

func TestInBubble(t *testing.T) {
	if inBubble() {
		t.Error("inBubble() = true outside of a bubble")
	}
	synctest.Test(t, func(t *testing.T) {
		if !inBubble() {
			t.Error("inBubble() = false inside a bubble")
		}
	})
}

func TestAddCleanup(t *testing.T) {
	dropped := make(chan int, 1)
	addDropped(func(v int) { dropped <- v })
	runtime.GC()
	if got := <-dropped; got != 7 { // hangs if the cleanup never runs
		t.Errorf("cleanup ran with %d, want 7", got)
	}
}

// TestAddCleanupInBubble checks that no cleanup touches a channel of a bubble
// from outside, which would be a fatal error.
func TestAddCleanupInBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ch := make(chan int, 1)
		addDropped(func(v int) { ch <- v })
		runtime.GC()
		runtime.GC()
		synctest.Wait()
		if got := len(ch); got != 0 {
			t.Errorf("%d cleanups ran, want 0", got)
		}
	})
}

//go:noinline
func addDropped(drop func(int)) {
	handle := new([4]*int)
	AddCleanup(handle, drop, 7)
}

type source struct{ _ [4]int }

func (*source) Stats() Stats { return Stats{} }

func TestSnapshotSweeps(t *testing.T) {
	r := new(Registry)
	for _, name := range []string{"a", "a", "b"} {
		Register(NewConfig(Named(name), In(r)), new(source))
	}
	runtime.GC()
	if got := len(r.Snapshot()); got != 0 {
		t.Errorf("%d channels in use, want 0", got)
	}
	if got := len(r.entries); got != 0 {
		t.Errorf("%d entries kept for channels that are gone, want 0", got)
	}
}
