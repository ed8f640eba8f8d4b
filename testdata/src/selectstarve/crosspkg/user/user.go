// Package user receives from channels of another package.
package user

import "selectstarve/crosspkg/lib"

func spins(w *lib.Watcher, quit <-chan bool, do func(string)) {
	for {
		select {
		case e, ok := <-w.Events: // want `this receive from w.Events never waits once that is closed`
			if ok {
				do(e)
			}
		case <-quit:
			return
		}
	}
}

func spinsFixed(w *lib.Watcher, quit <-chan bool, do func(string)) {
	for {
		select {
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			do(e)
		case <-quit:
			return
		}
	}
}

// The watcher has a new channel then.
func reopens(w *lib.Watcher, quit <-chan bool, do func(string)) {
	for {
		select {
		case e, ok := <-w.Events:
			if !ok {
				w.Reopen()
				continue
			}
			do(e)
		case <-quit:
			return
		}
	}
}

// Nothing here says that the channel is closed.
func unasked(w *lib.Watcher, quit <-chan bool, do func(string)) {
	for {
		select {
		case e := <-w.Events: // miss: another package closes it, and that is not handed on
			do(e)
		case <-quit:
			return
		}
	}
}
