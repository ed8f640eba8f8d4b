package known

// Gives says how a function gives out the values of a source that keeps the
// newest only.
type Gives uint8

const (
	ByChannel  Gives = iota + 1 // its result is a channel of them
	ByCall                      // its first result is one of them
	ByIterator                  // its result is an iterator over them
)

// Conflates describes the function with that full name if it gives out values
// of which the earlier ones may be replaced by later ones before anybody has
// seen them.
func Conflates(fullName string) (Gives, bool) {
	g, ok := conflating()[fullName]
	return g, ok
}

var conflating = table(companionConflating, moduleConflating)

func companionConflating() map[string]Gives {
	return map[string]Gives{
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).Changes": ByIterator,
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).Next":    ByCall,
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).TryNext": ByCall,
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).Values":  ByIterator,
	}
}
