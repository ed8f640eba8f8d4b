// Package k8sfixed has a case for everything.
package k8sfixed

import "k8s.io/apimachinery/pkg/watch"

func count(w watch.Interface, list func()) (added int) {
	for event := range w.ResultChan() {
		switch event.Type {
		case watch.Added:
			added++
		default:
			list()
		}
	}
	return added
}
