// Package fsnotifyfixed tells an overflow from other errors.
package fsnotifyfixed

import (
	"errors"

	"github.com/fsnotify/fsnotify"
)

func run(w *fsnotify.Watcher, list, stop func()) {
	for {
		select {
		case event := <-w.Events:
			_ = event
		case err := <-w.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				list()
				continue
			}
			stop()
		}
	}
}
