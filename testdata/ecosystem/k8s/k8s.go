// Package k8s watches objects: k8s.io/apimachinery and k8s.io/client-go.
package k8s

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"
	watchtools "k8s.io/client-go/tools/watch"
)

func names(w watch.Interface, use func(string)) {
	for event := range w.ResultChan() {
		use(event.Object.(*metav1.PartialObjectMetadata).Name) // want `event.Object is used but event.Type is never looked at`
	}
}

func namesByType(w watch.Interface, use func(string)) error {
	for event := range w.ResultChan() {
		switch event.Type {
		case watch.Error:
			return apierrors.FromObject(event.Object)
		case watch.Added, watch.Modified:
			use(event.Object.(*metav1.PartialObjectMetadata).Name)
		}
	}
	return nil
}

// The type of the object tells as well.
func namesByObject(w watch.Interface, use func(string), fail func(*metav1.Status)) {
	for event := range w.ResultChan() {
		switch obj := event.Object.(type) {
		case *metav1.PartialObjectMetadata:
			use(obj.Name)
		case *metav1.Status:
			fail(obj)
		}
	}
}

func namesIfAny(w watch.Interface, use func(string)) {
	for event := range w.ResultChan() {
		if obj, ok := event.Object.(*metav1.PartialObjectMetadata); ok {
			use(obj.Name)
		}
	}
}

func retried(ctx context.Context, lw cache.WatcherWithContext, use func(runtime.Object)) error {
	w, err := watchtools.NewRetryWatcherWithContext(ctx, "1", lw)
	if err != nil {
		return err
	}
	for event := range w.ResultChan() {
		obj := event.Object.(*metav1.PartialObjectMetadata) // want `event.Object is used but event.Type is never looked at`
		use(obj)
	}
	return nil
}
