package effect

import "github.com/chanlint/chanlint/internal/conc"

// Precedes reports whether a, of the same function, runs before b whenever b
// runs.
func (r *Result) Precedes(a, b *conc.Op) bool { return precedes(a, b) }
