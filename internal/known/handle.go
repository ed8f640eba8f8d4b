package known

// A HandleOp is what a method of a handle of the companion library does to it.
type HandleOp uint8

const (
	// HandleUse sends, and fails or panics on a handle that was given up.
	HandleUse HandleOp = 1 << iota
	// HandleEnd gives the handle up.
	HandleEnd
)

// HandleOf returns what the method with that full name does to its receiver, 0
// if it is no method of a handle.
func HandleOf(fullName string) HandleOp { return handles()[fullName] }

var handles = table(func() map[string]HandleOp {
	return map[string]HandleOp{
		"(*github.com/chanlint/chanlint/runtime/broadcast.Sender[T]).Close":  HandleEnd,
		"(*github.com/chanlint/chanlint/runtime/broadcast.Sender[T]).Send":   HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpmc.Sender[T]).Close":       HandleEnd,
		"(*github.com/chanlint/chanlint/runtime/mpmc.Sender[T]).Send":        HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpmc.Sender[T]).TrySend":     HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).Close":       HandleEnd,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).Reserve":     HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).ReserveN":    HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).Send":        HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).SendTimeout": HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).TryReserve":  HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).TryReserveN": HandleUse,
		"(*github.com/chanlint/chanlint/runtime/mpsc.Sender[T]).TrySend":     HandleUse,
		"(*github.com/chanlint/chanlint/runtime/watch.Sender[T]).Close":      HandleEnd,
		"(*github.com/chanlint/chanlint/runtime/watch.Sender[T]).Send":       HandleUse,
		"(github.com/chanlint/chanlint/runtime/mpsc.Permit[T]).Release":      HandleEnd,
		"(github.com/chanlint/chanlint/runtime/mpsc.Permit[T]).Send":         HandleUse | HandleEnd, // one slot of several, if made by ReserveN
		"(github.com/chanlint/chanlint/runtime/oneshot.Sender[T]).Close":     HandleEnd,
		"(github.com/chanlint/chanlint/runtime/oneshot.Sender[T]).Send":      HandleUse | HandleEnd,
	}
})
