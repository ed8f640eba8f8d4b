package shutdown

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

var (
	// ErrStopping reports that a function was not started because the shutdown
	// has begun. It is also the cause with which contexts end in order.
	ErrStopping = errors.New("shutdown: stopping")

	// ErrForced reports that the shutdown was cut short. It is also the cause
	// with which contexts end then.
	ErrForced = errors.New("shutdown: forced")

	// ErrLeft reports that a queue was not empty at the end of the drain.
	ErrLeft = errors.New("shutdown: values left")

	// ErrTimeout reports that a function was late. It is also the cause with
	// which its context ends.
	ErrTimeout = chans.ErrTimeout
)

// A Phase is a part of the shutdown.
type Phase int

// The phases, in order.
const (
	Intake Phase = iota // stop taking in work
	Drain               // finish the work that was taken in
	Close               // close what the work needed
	Flush               // write out what is left in buffers
	phases
)

func (p Phase) String() string {
	if p < 0 || p >= phases {
		return fmt.Sprintf("phase %d", int(p))
	}
	return [...]string{"intake", "drain", "close", "flush"}[p]
}

// DefaultLimit is how long a phase may take if nothing else is said.
const DefaultLimit = 10 * time.Second

// Limits says how long each phase may take, with [DefaultLimit] for those that
// are zero:
//
//	shutdown.Limits{shutdown.Drain: time.Minute}
type Limits [phases]time.Duration

// A Group is what is shut down together. The zero Group is ready to use. It must
// not be copied after first use, and may be used by many goroutines.
type Group struct {
	// Limits must not change after the first call of a method.
	Limits Limits

	mu       sync.Mutex
	made     bool
	intake   scope
	work     scope
	forced   scope
	tasks    map[*task]bool // running; false for those given to On
	working  int            // how many are true
	members  []*task        // who worked when the shutdown began
	hooks    [phases][]hook
	queues   []queue
	stopping chan struct{} // closed when the shutdown begins
	idle     chan struct{} // closed when it has begun and nobody works
	begun    time.Time     // when stopping was closed
	reason   error
	started  bool // with the phases
	end      *end
}

// An end is that of one shutdown.
type end struct {
	done   chan struct{}
	report Report // once done
}

// A scope is a context that ends with a cause.
type scope struct {
	context.Context
	end context.CancelCauseFunc
}

func within(ctx context.Context) scope {
	ctx, end := context.WithCancelCause(ctx)
	return scope{ctx, end}
}

// A task is a function that runs or has run.
type task struct {
	name  string
	of    *end // of the shutdown that it is for
	phase Phase
	begun time.Time
	done  chan struct{}
	took  time.Duration // once done
	err   error         // once done
}

// A hook is a function for one phase.
type hook struct {
	name string
	f    func(context.Context) error
}

// lock locks g and sees that it is ready to use.
func (g *Group) lock() {
	g.mu.Lock()
	if g.made {
		return
	}
	g.made = true
	g.tasks = make(map[*task]bool)
	g.open()
}

// open makes what one shutdown ends.
func (g *Group) open() {
	g.forced = within(context.Background())
	g.intake, g.work = within(g.forced), within(g.forced)
	g.stopping, g.idle, g.end = make(chan struct{}), make(chan struct{}), &end{done: make(chan struct{})}
	g.reason, g.started, g.members, g.working = nil, false, nil, 0
}

// Reopen makes g ready for another shutdown when the one before is over: functions
// start again, with new contexts, and [Group.Stopping] has another channel. What
// was given to On and Queue stays. Whoever waited for the shutdown before is
// released all the same. Functions that were late and run still are among those of
// [Group.Running], but nobody waits for them, and their errors are lost. If no
// shutdown has begun, Reopen does nothing. It returns [ErrStopping], and does nothing,
// if one is under way.
func (g *Group) Reopen() error {
	g.lock()
	defer g.mu.Unlock()
	if g.reason == nil {
		return nil
	}
	select {
	case <-g.end.done:
		g.open()
		return nil
	default:
		return ErrStopping
	}
}

// Intake starts f, which takes in work, in a goroutine. Its context ends when
// the shutdown begins, and f is to return then. An error that f returns before
// that begins the shutdown. Intake returns [ErrStopping] and does not start f if
// the shutdown has begun.
func (g *Group) Intake(name string, f func(context.Context) error) error {
	return g.start(name, Intake, f)
}

// Go starts f, which does work, in a goroutine. It is to return when there is no
// more work. Its context ends only if the drain takes longer than its limit, or
// when the shutdown is over. An error that f returns before the shutdown begins
// it. Go returns [ErrStopping] and does not start f if it has begun.
func (g *Group) Go(name string, f func(context.Context) error) error {
	return g.start(name, Drain, f)
}

func (g *Group) start(name string, phase Phase, f func(context.Context) error) error {
	g.lock()
	defer g.mu.Unlock()
	if g.reason != nil {
		return ErrStopping
	}
	ctx := g.work
	if phase == Intake {
		ctx = g.intake
	}
	g.working++
	g.launch(ctx, name, phase, true, f)
	return nil
}

// launch runs f in a goroutine. g is locked.
func (g *Group) launch(ctx context.Context, name string, phase Phase, works bool, f func(context.Context) error) *task {
	t := &task{name: name, of: g.end, phase: phase, begun: time.Now(), done: make(chan struct{})}
	g.tasks[t] = works
	go func() {
		err := f(ctx)
		if cause := context.Cause(ctx); cause == ErrStopping && (errors.Is(err, context.Canceled) || errors.Is(err, cause)) {
			err = nil // it was told to return
		}
		g.finish(t, err)
	}()
	return t
}

// finish notes that t has returned.
func (g *Group) finish(t *task, err error) {
	g.lock()
	defer g.mu.Unlock()
	t.took, t.err = time.Since(t.begun), err
	if err != nil && t.of == g.end {
		g.stop(fmt.Errorf("%s: %w", t.name, err))
	}
	if g.tasks[t] && t.of == g.end {
		g.working--
	}
	delete(g.tasks, t)
	close(t.done)
	g.ring()
}

// ring closes idle if it is time. g is locked.
func (g *Group) ring() {
	if g.reason == nil || g.working > 0 {
		return
	}
	select {
	case <-g.idle:
	default:
		close(g.idle)
	}
}

// On has f called in a phase of the shutdown, at the same time as the others of
// that phase. The context of f ends with the limit of the phase.
func (g *Group) On(phase Phase, name string, f func(context.Context) error) {
	if phase < 0 || phase >= phases {
		panic(fmt.Sprintf("shutdown: On of %v, which there is not", phase))
	}
	g.lock()
	defer g.mu.Unlock()
	g.hooks[phase] = append(g.hooks[phase], hook{name, f})
}

// Queue has the report say how many values of a queue were received during
// intake and drain, and how many were left after that.
func (g *Group) Queue(name string, q chans.Source) {
	g.lock()
	defer g.mu.Unlock()
	g.queues = append(g.queues, queue{name, q})
}

// Stopping returns a channel that is closed when the shutdown begins.
func (g *Group) Stopping() <-chan struct{} {
	g.lock()
	defer g.mu.Unlock()
	return g.stopping
}

// Len returns how many functions run.
func (g *Group) Len() int {
	g.lock()
	defer g.mu.Unlock()
	return len(g.tasks)
}

// Running returns the names of the functions that run, sorted.
func (g *Group) Running() []string {
	g.lock()
	defer g.mu.Unlock()
	names := make([]string, 0, len(g.tasks))
	for t := range g.tasks {
		names = append(names, t.name)
	}
	slices.Sort(names)
	return names
}

// Wait waits until the shutdown has begun and all functions that Go and Intake have
// started have returned, or until ctx ends, and then returns its error. It does
// not begin the shutdown.
func (g *Group) Wait(ctx context.Context) error {
	g.lock()
	idle := g.idle
	g.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
