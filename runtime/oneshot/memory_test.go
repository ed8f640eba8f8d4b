package oneshot_test

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"github.com/chanlint/chanlint/runtime/oneshot"
)

// A big is a value whose release can be seen.
type big [128]byte

// wantReleased fails unless p is garbage, whatever keep holds.
func wantReleased(t *testing.T, when string, p weak.Pointer[big], keep ...any) {
	t.Helper()
	runtime.GC()
	if p.Value() != nil {
		t.Errorf("the value is kept %s", when)
	}
	runtime.KeepAlive(keep)
}

func TestValueIsReleasedWhenTaken(t *testing.T) {
	for _, how := range []string{"Recv", "TryRecv", "C", "C before Send"} {
		tx, rx := oneshot.New[*big]()
		if how == "C before Send" {
			rx.C()
		}
		v := new(big)
		p := weak.Make(v)
		tx.Send(v)
		v = nil
		runtime.GC()
		if p.Value() == nil {
			t.Fatalf("%s: the value is gone before it was taken", how)
		}
		switch how {
		case "Recv":
			rx.Recv(context.Background())
		case "TryRecv":
			rx.TryRecv()
		default:
			<-rx.C()
		}
		wantReleased(t, "after "+how, p, tx, rx)
	}
}

func TestValueIsReleasedWhenRefused(t *testing.T) {
	tx, rx := oneshot.New[*big]()
	rx.Close()
	v := new(big)
	p := weak.Make(v)
	if tx.Send(v) {
		t.Fatal("Send after Close = true, want false")
	}
	v = nil
	wantReleased(t, "after Send returned false", p, tx, rx)
}

// TestAllocs holds what the package comment promises.
func TestAllocs(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	requests := make(chan oneshot.Sender[int])
	defer close(requests)
	go func() {
		for tx := range requests {
			tx.Send(1)
		}
	}()
	var val oneshot.Value[int]
	val.Set(1)
	for _, tt := range []struct {
		name string
		want float64
		f    func()
	}{
		{"value present", 1, func() {
			tx, rx := oneshot.New[int]()
			tx.Send(1)
			rx.Recv(ctx)
		}},
		{"receiver waits", 2, func() {
			tx, rx := oneshot.New[int]()
			requests <- tx
			rx.Recv(ctx)
		}},
		{"Done", 2, func() {
			tx, rx := oneshot.New[int]()
			tx.Done()
			rx.Close()
		}},
		{"C", 2, func() {
			tx, rx := oneshot.New[int]()
			tx.Send(1)
			<-rx.C()
		}},
		{"closed", 1, func() {
			tx, rx := oneshot.New[int]()
			tx.Close()
			rx.TryRecv()
			tx.Done()
		}},
		{"Value", 0, func() {
			val.Get()
			val.Wait(ctx)
			val.Done()
			val.Set(2)
		}},
	} {
		if got := testing.AllocsPerRun(200, tt.f); got > tt.want {
			t.Errorf("%s: %v allocations, want at most %v", tt.name, got, tt.want)
		}
	}
}
