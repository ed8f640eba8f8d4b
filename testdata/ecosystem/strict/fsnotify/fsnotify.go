// Package fsnotify treats an overflow like any other error.
package fsnotify

import "github.com/fsnotify/fsnotify"

func run(w *fsnotify.Watcher, list, stop func()) {
	for {
		select {
		case event := <-w.Events:
			_ = event
		case err := <-w.Errors: // want `^w.Errors is used but nothing here looks for ErrEventOverflow, after which events are missing; resynchronize then$`
			if err == nil {
				return
			}
			stop()
		}
	}
}
