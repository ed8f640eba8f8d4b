// Package strictnear has near misses of priorities and of unsubscribing that
// strict rules do not report either.
package strictnear

import "log"

func handle(v int) { log.Print(v) }
