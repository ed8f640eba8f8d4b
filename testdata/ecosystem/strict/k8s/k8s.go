// Package k8s has no case for an event that is an error.
package k8s

import "k8s.io/apimachinery/pkg/watch"

func count(w watch.Interface) (added, deleted int) {
	for event := range w.ResultChan() {
		switch event.Type { // want `event.Type is used but nothing here looks for watch.Error, after which events are missing`
		case watch.Added:
			added++
		case watch.Deleted:
			deleted++
		}
	}
	return added, deleted
}
