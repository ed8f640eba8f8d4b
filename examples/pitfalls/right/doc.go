// Package right has the files of package wrong without their mistakes.
package right

import "time"

// patience is how long a demonstration waits before it says that nothing
// moves.
const patience = 50 * time.Millisecond
