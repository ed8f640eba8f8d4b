package programs

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"testing/synctest"
)

func TestPackets(t *testing.T) {
	out := make(chan []byte, 1)
	go func() {
		defer close(out)
		packets(100, out)
	}()
	want := byte(0)
	for p := range out { // while the next one is written
		if p[0] != want {
			t.Errorf("got packet %d, want %d", p[0], want)
		}
		want++
	}
}

func TestSquares(t *testing.T) {
	out := make(chan int, 2)
	if err := squares([]int{2, -1}, out); err == nil {
		t.Error("no error for a negative number")
	}
	if v := <-out; v != 4 {
		t.Errorf("got %d, want 4", v)
	}
}

// A signal comes after the function has returned.
func TestInterrupts(t *testing.T) {
	keep := make(chan os.Signal, 1)
	signal.Notify(keep, os.Interrupt)
	defer signal.Stop(keep)
	interrupts(func(<-chan os.Signal) {})
	for range 10 {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		<-keep
	}
}

func TestForget(t *testing.T) {
	h := &Hub{subs: map[string]chan int{"a": make(chan int)}}
	h.Forget("a")
	h.Publish(1)
}

func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late := make(chan struct{})
		g := NewGate(late)
		g.Open()
		close(late)
		synctest.Wait()
		<-g.opened
	})
}

func TestRender(t *testing.T) {
	out := make(chan []byte, 100)
	for i := range cap(out) {
		render(fmt.Sprint("job ", i), out)
	}
	for i := range cap(out) {
		if got, want := string(<-out), fmt.Sprint("job ", i); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestWrite(t *testing.T) {
	p := &pipe{in: make(chan []byte, 2)}
	b := []byte("a")
	p.Write(b)
	b[0] = 'b'
	p.Write(b)
	if first, second := string(<-p.in), string(<-p.in); first != "a" || second != "b" {
		t.Errorf("got %q and %q, want a and b", first, second)
	}
}
