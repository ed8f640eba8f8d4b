// Package basic has loops in which one branch starves the others, each next to
// its repair.
package basic

import (
	"context"
	"log"
)

func handle(v int) { log.Print(v) }

// The producer closes, and the consumer's select goes on with zeros.

type feed struct {
	in   chan int
	errs chan error
	stop chan struct{}
}

func (f *feed) produce(vs []int) {
	for _, v := range vs {
		f.in <- v
	}
	close(f.in)
}

func (f *feed) consume(ctx context.Context) {
	for {
		select {
		case v := <-f.in: // want `^f.in is closed \(line 24\), and this receive then never waits, so the loop spins; test ok and leave the loop$`
			handle(v)
		case <-ctx.Done():
			return
		}
	}
}

type feedFixed struct{ in chan int }

func (f *feedFixed) produce(vs []int) {
	for _, v := range vs {
		f.in <- v
	}
	close(f.in)
}

func (f *feedFixed) consume(ctx context.Context) {
	for {
		select {
		case v, ok := <-f.in:
			if !ok {
				return
			}
			handle(v)
		case <-ctx.Done():
			return
		}
	}
}

// Outside of a select, with the channel passed to functions.

func closeParam(vs []int, out chan<- int) {
	defer close(out)
	for _, v := range vs {
		out <- v
	}
}

func receiveParam(in <-chan int) {
	for {
		v := <-in // want `in is closed \(line 64\)`
		handle(v)
	}
}

func passed(vs []int) {
	ch := make(chan int)
	go closeParam(vs, ch)
	receiveParam(ch)
}

func receiveParamFixed(in <-chan int) {
	for v := range in {
		handle(v)
	}
}

func passedFixed(vs []int) {
	ch := make(chan int)
	go closeParam(vs, ch)
	receiveParamFixed(ch)
}

// An error channel that is closed gives nil, which is not an error.

func errorsOnly(jobs []func() error) error {
	errs := make(chan error)
	go func() {
		for _, j := range jobs {
			errs <- j()
		}
		close(errs)
	}()
	for {
		err := <-errs // want `errs is closed`
		if err != nil {
			return err
		}
	}
}

func errorsOnlyFixed(jobs []func() error) error {
	errs := make(chan error)
	go func() {
		for _, j := range jobs {
			errs <- j()
		}
		close(errs)
	}()
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Asking for ok is not enough.

func asksAndGoesOn(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v, ok := <-in: // want `^this receive from in never waits once that is closed, and the loop spins; leave the loop or set the channel to nil$`
			if ok {
				handle(v)
			}
		case <-quit:
			return
		}
	}
}

func asksAndSetsNil(in <-chan int, quit <-chan bool) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				in = nil
				continue
			}
			handle(v)
		case <-quit:
			return
		}
	}
}

// A context that has ended is ready for ever.

func staysInContext(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done(): // want `ctx.Done\(\) stays ready once the context ends, and this case does not leave the loop, which spins; return`
		case v, ok := <-in:
			if !ok {
				return
			}
			handle(v)
		}
	}
}

func staysInContextFixed(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v, ok := <-in:
			if !ok {
				return
			}
			handle(v)
		}
	}
}

// Without a select, of what is not needed.

type beats struct{ tick chan int }

func (b *beats) end() { close(b.tick) }

func (b *beats) count() {
	for {
		select {
		case <-b.tick: // want `b.tick is closed`
			handle(1)
		}
	}
}

// The close is in the initializer of a variable.

type fed struct{ in chan int }

var finish = func(f *fed) { close(f.in) }

func (f *fed) loop() {
	for {
		handle(<-f.in) // want `f.in is closed`
	}
}

// Somebody else uses the variable, so no fix is offered.
func asksForOthers(in <-chan int, quit <-chan bool) func() int {
	for {
		select {
		case v, ok := <-in: // want `this receive from in never waits once that is closed`
			if ok {
				handle(v)
			}
		case <-quit:
			return func() int { return <-in }
		}
	}
}

// The condition of the loop stays as it is.

func fills(ctx context.Context, in <-chan int, out []int) {
	for n := 0; n < len(out); {
		select {
		case v := <-in:
			out[n] = v
			n++
		case <-ctx.Done(): // want `^ctx.Done\(\) stays ready once the context ends, and this case does not leave the loop, which spins; return$`
			for i := n; i < len(out); i++ {
				handle(-1)
			}
		}
	}
}

func waitsForAll(ctx context.Context, in <-chan int, pending map[int]bool) {
	for len(pending) > 0 {
		select {
		case v := <-in:
			delete(pending, v)
		case <-ctx.Done(): // want `this case does not leave the loop`
			log.Print(len(pending), " are missing")
		}
	}
}
