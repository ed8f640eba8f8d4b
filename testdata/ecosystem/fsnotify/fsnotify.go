// Package fsnotify watches files: github.com/fsnotify/fsnotify.
package fsnotify

import (
	"context"

	"github.com/fsnotify/fsnotify"
)

// Collect returns the names of files that were created, until stop says so or
// ctx ends.
func Collect(ctx context.Context, dir string, started chan<- struct{}, stop func(seen map[string]bool) bool) (map[string]bool, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	if err := w.Add(dir); err != nil {
		return nil, err
	}
	close(started)
	seen := make(map[string]bool)
	for !stop(seen) {
		select {
		case event := <-w.Events: // want `^w.Events is used but nobody receives from w.Errors, which tells of errors and losses; receive from both$`
			seen[event.Name] = true
		case <-ctx.Done():
			return seen, nil
		}
	}
	return seen, nil
}

// CollectAll is Collect with a look at the errors: after an overflow it lists
// what list finds.
func CollectAll(ctx context.Context, dir string, started chan<- struct{}, list func() []string, stop func(seen map[string]bool) bool) (map[string]bool, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	if err := w.Add(dir); err != nil {
		return nil, err
	}
	close(started)
	seen := make(map[string]bool)
	for !stop(seen) {
		select {
		case event := <-w.Events:
			seen[event.Name] = true
		case <-w.Errors:
			for _, name := range list() {
				seen[name] = true
			}
		case <-ctx.Done():
			return seen, nil
		}
	}
	return seen, nil
}

type server struct{ watcher *fsnotify.Watcher }

func newServer() (*server, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &server{watcher: w}, nil
}

func (s *server) run() {
	for event := range s.watcher.Events { // want `s.watcher.Events is used but nobody receives from s.watcher.Errors`
		_ = event
	}
}
