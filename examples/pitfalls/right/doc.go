// Package right has the files of package wrong without their mistakes.
package right

import "time"

// patience is how long a demonstration waits before it says that nothing
// moves. Everything does, however busy the machine is.
const patience = 10 * time.Second
