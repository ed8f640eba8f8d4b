package near

import (
	"testing"
	"time"
)

// The file is for tests, which end.
func await(t testing.TB, f func() error) error {
	errs := make(chan error)
	go func() { errs <- f() }()
	select {
	case err := <-errs:
		return err
	case <-time.After(time.Minute):
		t.Fatal("too late")
		return nil
	}
}
