package known

// Boundless reports whether the function with that full name makes a queue
// that takes whatever is put into it.
func Boundless(fullName string) bool { return boundless()[fullName] }

var boundless = table(companionBoundless, moduleBoundless)

func companionBoundless() map[string]bool {
	return map[string]bool{
		"github.com/chanlint/chanlint/runtime/mpsc.NewUnbounded": true,
	}
}
