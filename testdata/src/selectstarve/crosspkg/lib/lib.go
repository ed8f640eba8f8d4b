// Package lib has channels for others to receive from.
package lib

// A Watcher gives events until it is closed.
type Watcher struct{ Events chan string }

// Reopen gives the watcher a new channel.
func (w *Watcher) Reopen() { w.Events = make(chan string) }

// Close ends the events.
func (w *Watcher) Close() { close(w.Events) }
