package known

// An Op is an operation on locks, wait groups, timers or contexts that the
// engine models itself. The zero value is [NoOp].
type Op uint8

// The operations. Recv stands for the receiver of the method.
const (
	// NoOp is any function that is not an operation.
	NoOp Op = iota

	Lock     // takes recv for writing
	Unlock   // releases recv, taken for writing
	RLock    // takes recv for reading
	RUnlock  // releases recv, taken for reading
	TryLock  // takes recv for writing if the result is true; never blocks
	TryRLock // takes recv for reading if the result is true; never blocks
	RLocker  // the result is a sync.Locker that takes recv for reading

	WaitGroupAdd  // adds parameter 0 to the counter of recv
	WaitGroupDone // subtracts one from the counter of recv
	WaitGroupWait // blocks until the counter of recv is zero
	WaitGroupGo   // Add(1), then a goroutine that calls parameter 0 and then Done

	NewCond       // the result is a condition whose L is parameter 0
	CondWait      // releases recv.L, blocks until it is woken, takes recv.L
	CondSignal    // wakes one waiter of recv, if there is one
	CondBroadcast // wakes all waiters of recv

	OnceDo    // calls parameter 0 unless recv has done so; blocks while another call is in it
	OnceFunc  // the result does OnceDo on parameter 0
	OnceValue // like OnceFunc, with one or two results that are kept

	Sleep      // blocks for the duration in parameter 0
	After      // the result is a channel that receives once, after parameter 0
	Tick       // the result is a channel that receives every parameter 0
	NewTimer   // the result has a field C like the result of After
	NewTicker  // the result has a field C like the result of Tick
	StopTicker // no more is sent on recv.C, which stays open
	AfterFunc  // calls parameter 1 in a goroutine of its own, after parameter 0

	ContextDone // the result is the channel that is closed when recv ends, or nil
	WithCancel  // result 0 is a context below parameter 0; result 1 is the function that ends it

	NotifySignal // sends on parameter 0, from now on, and drops what finds no room
)

// OpOf returns the operation that the function with that full name performs,
// or [NoOp]. No function is both an operation and in [Blocks].
func OpOf(fullName string) Op { return ops()[fullName] }

var ops = table(stdOps, moduleOps)

func stdOps() map[string]Op {
	return map[string]Op{
		"(*sync.Cond).Broadcast":    CondBroadcast,
		"(*sync.Cond).Signal":       CondSignal,
		"(*sync.Cond).Wait":         CondWait,
		"(*sync.Mutex).Lock":        Lock,
		"(*sync.Mutex).TryLock":     TryLock,
		"(*sync.Mutex).Unlock":      Unlock,
		"(*sync.Once).Do":           OnceDo,
		"(*sync.RWMutex).Lock":      Lock,
		"(*sync.RWMutex).RLock":     RLock,
		"(*sync.RWMutex).RLocker":   RLocker,
		"(*sync.RWMutex).RUnlock":   RUnlock,
		"(*sync.RWMutex).TryLock":   TryLock,
		"(*sync.RWMutex).TryRLock":  TryRLock,
		"(*sync.RWMutex).Unlock":    Unlock,
		"(*sync.WaitGroup).Add":     WaitGroupAdd,
		"(*sync.WaitGroup).Done":    WaitGroupDone,
		"(*sync.WaitGroup).Go":      WaitGroupGo,
		"(*sync.WaitGroup).Wait":    WaitGroupWait,
		"(*time.Ticker).Stop":       StopTicker,
		"(context.Context).Done":    ContextDone,
		"(sync.Locker).Lock":        Lock, // an RLocker takes for reading, but only its maker knows
		"(sync.Locker).Unlock":      Unlock,
		"context.WithCancel":        WithCancel,
		"context.WithCancelCause":   WithCancel,
		"context.WithDeadline":      WithCancel, // ends by itself as well
		"context.WithDeadlineCause": WithCancel,
		"context.WithTimeout":       WithCancel, // ends by itself as well
		"context.WithTimeoutCause":  WithCancel,
		"os/signal.Notify":          NotifySignal,
		"os/signal.NotifyContext":   WithCancel, // ends at a signal as well
		"sync.NewCond":              NewCond,
		"sync.OnceFunc":             OnceFunc,
		"sync.OnceValue":            OnceValue,
		"sync.OnceValues":           OnceValue,
		"time.After":                After,
		"time.AfterFunc":            AfterFunc,
		"time.NewTicker":            NewTicker,
		"time.NewTimer":             NewTimer,
		"time.Sleep":                Sleep,
		"time.Tick":                 Tick,
	}
}
