// Package missed drops signals of lost values in ways that are not seen.
package missed

import "context"

type cursor struct{ n int }

func (c *cursor) Next() bool { return c.n > 0 }
func (c *cursor) Err() error { return failed }
func (c *cursor) Close()     {}

func query() *cursor { return &cursor{} }

// Looking once at one is looking at all in the same variable.
func oneOfTwo() error {
	c := query()
	for c.Next() {
	}
	if err := c.Err(); err != nil {
		return err
	}
	c = query()
	for c.Next() { // miss: the variable was looked at, with another cursor in it
	}
	return nil
}

// A file is closed by somebody else.
type lines struct{ n int }

func (l *lines) Next() bool { return l.n > 0 }
func (l *lines) Err() error { return failed }

func open() *lines { return &lines{} }

func read() {
	l := open()
	for l.Next() { // miss: with nothing to close, it seems to read from memory
	}
}

// A response ends the watch if Err is not nil.
//
//chanlint:lagsignal Err
type response struct {
	Events []string
	Rev    int64
}

func (r response) Err() error { return failed }

func watch(ctx context.Context, rev int64) <-chan response { return nil }

// It starts again where it was, which is compacted by now.
func sameRevision(ctx context.Context, rev int64) {
	for ctx.Err() == nil {
		for r := range watch(ctx, rev) {
			if r.Err() != nil {
				break // miss: the next watch starts at the same revision
			}
			use(r.Events)
		}
	}
}

// It looks, and then uses the events all the same.
func lookedAndUsed(ctx context.Context) {
	for r := range watch(ctx, 0) {
		if r.Err() != nil {
			use("an error") // miss: the loop goes on with a response that is none
		}
		use(r.Events)
	}
}

// A watch for one event ends in silence.
func oneShot(ctx context.Context) {
	<-watch(ctx, 0) // miss: whether that was an event or the end is not asked
	use("changed")
}

// The loss is noticed and ends the process.
func fatal(ctx context.Context) {
	for r := range watch(ctx, 0) {
		if err := r.Err(); err != nil {
			panic(err) // miss: a lagging watch is no reason to end the process
		}
		use(r.Events)
	}
}

// Fields of other packages' types may be looked at anywhere.
type Exported struct{ In *cursor }

func (e *Exported) read() {
	e.In = query()
	for e.In.Next() { // miss: other packages may look at In.Err
	}
}

func use(...any) {}

// failed is what has gone wrong.
var failed error
