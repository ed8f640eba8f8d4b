package known

// Kind is what a blocking call waits for.
type Kind uint8

const (
	// Chan: another goroutine that has to take or to give a value, as with an
	// unbuffered channel.
	Chan Kind = iota + 1
	// Wait: other goroutines that have to end or to get somewhere.
	Wait
	// Delay: the clock, as with the operation [Sleep].
	Delay
	// Lockish: a permit, slot or lock that someone else has to give back.
	Lockish
	// Net: a peer on the network, databases included.
	Net
	// Process: another process, or the person at the terminal.
	Process
	// Disk: the file system, which is slow at times but not held up by anyone.
	// No default report may rest on it.
	Disk
)

// A Blocking describes a call that can block.
type Blocking struct {
	Kind Kind
	// Bounded is whether an argument of the call (a context, a timeout, a
	// deadline, a stop channel) can end it early. A limit set elsewhere, as by
	// (net.Conn).SetDeadline or in a Client's Timeout field, does not count:
	// it cannot be seen in the call.
	Bounded bool
	// What is what the call does, as the predicate of a sentence: "waits for
	// the process", "reads from the network".
	What string
}

// Blocks describes the function with that full name if it can block. It does
// not know the operations of [OpOf], and neither does it know methods of
// interfaces that may be implemented by anything, like (io.Reader).Read.
func Blocks(fullName string) (Blocking, bool) {
	b, ok := blocking()[fullName]
	return b, ok
}

var blocking = table(netBlocking, httpBlocking, sqlBlocking, osBlocking, xsyncBlocking, companionBlocking, moduleBlocking)
