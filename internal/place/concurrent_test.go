package place

import (
	"sync"
	"testing"
)

// TestConcurrent asks one Resolver from many goroutines, for the race detector
// and for the answer.
func TestConcurrent(t *testing.T) {
	marks := load(t, `package a
import "sync"
func at(string, any) {}
type s struct{ mu sync.Mutex; ch chan int }
func f(x *s, y []*s) {
	at("mu", &x.mu)
	at("ch", x.ch)
	at("elem", y[0].ch)
	func() { at("captured", x.ch) }()
}`)
	shared, alone := NewResolver(), NewResolver()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, mk := range marks {
				shared.Of(mk.value)
			}
		})
	}
	wg.Wait()
	for _, mk := range marks {
		if got, want := shared.Of(mk.value), alone.Of(mk.value); got != want {
			t.Errorf("%s is %v, want %v", mk.name, got, want)
		}
	}
}
