// Package wrong has a mistake with channels or locks in each file, named after
// the pass of chanlint that reports it. Each compiles, and go vet and the race
// detector have nothing to say. The function at the end of a file shows what
// comes of it.
//
// Package right has the same files without the mistakes.
package wrong

import "time"

// patience is how long a demonstration waits before it says that nothing
// moves. Nothing does, so it may be short.
const patience = 50 * time.Millisecond
