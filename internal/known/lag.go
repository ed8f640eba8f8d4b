package known

// A Stream says of a type how values are taken from it, and what on it tells
// that some were lost, or that it ended for another reason than the end of
// the data.
type Stream struct {
	Kind StreamKind

	// Reads are the methods and fields by which values are taken. A Source
	// without Reads gives them in another way; those of a Message are all
	// members but the signals.
	Reads []string

	// Signals are the methods and fields that tell. One that is mentioned
	// is enough. "nil" stands for a comparison with nil.
	Signals []string

	// Cast is a member of a Message whose type tells as well, unless it is
	// asserted without looking.
	Cast string

	// Called says of a Message that it is returned by calls. Others come from
	// channels, and are something else where they do not.
	Called bool

	// Last says of a Message that one with a signal is the last: the channel is
	// closed behind it, and who asks whether it is finds out.
	Last bool

	// Single says of a Source that it is not one of data: it tells how one thing
	// went.
	Single bool

	// Unless is a setting by which there is nothing to tell, of the form
	// Struct.Field.
	Unless string
}

// StreamKind is what has to be done with a type for its signals to matter.
type StreamKind uint8

const (
	// Iterator: its Reads are called in a loop.
	Iterator StreamKind = iota + 1
	// Source: one of its Reads is used, or it is just there.
	Source
	// Message: it is itself what was received, and its other members are
	// used.
	Message
)

// StreamOf returns what is known of the type with that name, which has the
// form path.Name.
func StreamOf(name string) (Stream, bool) {
	s, ok := streams()[name]
	return s, ok
}

// A Handler is a parameter of a function: who is told of what was lost.
type Handler struct {
	Param int    // index among the parameters
	What  string // what it is told: "of messages that were dropped"
}

// HandlerOf returns the handler that the function with that full name is
// given.
func HandlerOf(fullName string) (Handler, bool) {
	h, ok := handlers()[fullName]
	return h, ok
}

// Outcome returns what the result of the function with that full name says
// of values that were not taken: "how many messages are still queued". If the
// function returns more than that, it is the last result.
func Outcome(fullName string) (string, bool) {
	what, ok := outcomes()[fullName]
	return what, ok
}

// A Setting is a struct type of which one field makes errors disappear unless
// another is set.
type Setting struct {
	When  string   // a boolean field; if empty, always
	Needs []string // fields, one of which is to be set
}

// SettingOf returns what is known of the struct type with that name.
func SettingOf(name string) (Setting, bool) {
	s, ok := settings()[name]
	return s, ok
}

// A Sentinel is an error, or another value, by which a signal tells of loss
// among other things. A package that takes the signal and mentions none of
// the names treats them all alike.
type Sentinel struct {
	Names []string // of package-level objects, fields or methods
	What  string   // what has happened: "after which events are missing"
}

// SentinelOf returns what is known of a field or method, of the form
// path.Type.Member.
func SentinelOf(name string) (Sentinel, bool) {
	s, ok := sentinels()[name]
	return s, ok
}

// A Default is a function that leaves lost values to a handler of its own,
// which prints them at best, unless one of the functions in Needs is
// mentioned.
type Default struct {
	Needs []string
	What  string   // what the default does
	Uses  []string // functions, one of which is mentioned where it matters; none if it always does
}

// DefaultOf returns what is known of the function with that full name.
func DefaultOf(fullName string) (Default, bool) {
	d, ok := defaults()[fullName]
	return d, ok
}
