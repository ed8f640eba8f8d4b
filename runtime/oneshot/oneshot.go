package oneshot

import (
	"context"

	"github.com/chanlint/chanlint/runtime/chans"
)

// The errors of this package, which are those of package chans.
var (
	ErrClosed = chans.ErrClosed // no value will come
	ErrEmpty  = chans.ErrEmpty  // no value has come yet
)

// A Sender sends the one value of a pair made by [New]. It is a small value
// that may be copied and put into a request; all copies are the same sender.
type Sender[T any] struct{ p *pair[T] }

// A Receiver receives the one value of a pair made by [New]. It is a small
// value that may be copied; all copies are the same receiver, and one of them
// gets the value.
type Receiver[T any] struct{ p *pair[T] }

// New returns the two ends of a pair that carries one value.
func New[T any]() (Sender[T], Receiver[T]) {
	p := new(pair[T])
	return Sender[T]{p}, Receiver[T]{p}
}

// Send gives v to the receiver and reports whether it did. It returns false,
// and v is dropped, if the receiver or the sender was closed before, or if a
// value was sent before. It never blocks.
//
// After true, the receiver has v or can still take it. Whether it does cannot
// be known.
func (s Sender[T]) Send(v T) bool { return s.pair("Send").decide(sent, v) }

// Close ends the pair if nothing was sent: a waiting Recv returns [ErrClosed].
// After a Send it does nothing, so that it can be deferred.
func (s Sender[T]) Close() { s.pair("Close").close() }

// Done returns a channel that is closed once Send can no longer succeed, which
// is when the receiver was closed, or when this side has sent or closed. Use it
// in a select to give up work that nobody waits for any more.
func (s Sender[T]) Done() <-chan struct{} { return s.pair("Done").doneChan() }

// Closed reports whether Send can no longer succeed; it is [Sender.Done]
// without the channel.
func (s Sender[T]) Closed() bool { return s.pair("Closed").state() != open }

// pair returns the shared part, which op is about to use.
func (s Sender[T]) pair(op string) *pair[T] {
	if s.p == nil {
		panic("oneshot: " + op + " called on a zero Sender; make it with New")
	}
	return s.p
}

// Recv returns the value, and waits for it until the pair is closed or ctx
// ends. It returns [ErrClosed] if the value was taken before or none will come,
// and ctx.Err() if ctx ended first; in that case nothing has changed, and the
// value may still come.
func (r Receiver[T]) Recv(ctx context.Context) (T, error) {
	p := r.pair("Recv")
	v, done, err := p.takeOrWait()
	if done == nil {
		return v, err
	}
	ended := ctx.Done()
	if ended == nil { // a plain receive costs half of a select
		<-done
		return p.take()
	}
	select {
	case <-done:
	case <-ended:
	}
	if v, err = p.take(); err == ErrEmpty {
		err = ctx.Err()
	}
	return v, err
}

// TryRecv returns the value if it is there. Otherwise it returns [ErrEmpty] if
// one may still come, and [ErrClosed] if not. It does not wait.
func (r Receiver[T]) TryRecv() (T, error) { return r.pair("TryRecv").take() }

// C returns a channel for use in a select, which delivers the value and is then
// closed. If no value will come it is closed without one:
//
//	case v, ok := <-rx.C():
//
// It is the same channel at each call, and Recv and TryRecv still work: the
// value goes to whoever asks first.
func (r Receiver[T]) C() <-chan T { return r.pair("C").outChan() }

// Close says that the value is no longer wanted. If nothing was sent yet, Send
// returns false from now on, and a waiting Recv returns [ErrClosed]. A value
// that was sent before can still be taken.
func (r Receiver[T]) Close() { r.pair("Close").close() }

// Empty reports whether TryRecv would find no value now.
func (r Receiver[T]) Empty() bool {
	s := r.pair("Empty").state()
	return s == open || s == over
}

// Finished reports whether there is no value and none will come.
func (r Receiver[T]) Finished() bool { return r.pair("Finished").state() == over }

// pair returns the shared part, which op is about to use.
func (r Receiver[T]) pair(op string) *pair[T] {
	if r.p == nil {
		panic("oneshot: " + op + " called on a zero Receiver; make it with New")
	}
	return r.p
}
