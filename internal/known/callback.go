package known

// A Callback says what a function does with a function it is given.
type Callback struct {
	Param int // index among the parameters; the receiver does not count
	How   CallHow
}

// CallHow is when a function calls an argument, and on which goroutine.
type CallHow uint8

const (
	// InPlace: any number of times, before the function returns. The locks
	// that the caller holds are held. The goroutine is the caller's, or one
	// that the caller waits for.
	InPlace CallHow = iota + 1
	// Goroutine: on a goroutine of its own, now or later, and the function
	// does not wait for it.
	Goroutine
	// Stored: at some later time, by whoever uses the result or the object
	// that keeps it. Nothing is known about the goroutine or the locks held.
	Stored
)

// Callbacks returns what the function with that full name does with the
// functions it is given, ordered by parameter, and nil if it calls none. The
// result must not be modified.
func Callbacks(fullName string) []Callback { return callbacks()[fullName] }

var callbacks = table(stdCallbacks, xsyncCallbacks, companionCallbacks, moduleCallbacks)
