package shutdown

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// after returns a function that returns err after d, whatever its context does.
func after(d time.Duration, err error) func(context.Context) error {
	return func(context.Context) error {
		<-time.After(d)
		return err
	}
}

// outlast waits until all have returned, however late they are.
func outlast() { <-time.After(3 * time.Hour) }

// obedient returns when its context ends, with its error.
func obedient(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func mustStart(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("start: %v", err)
	}
}

func wantErr(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || want == nil && err != nil {
		t.Errorf("%s = %v, want %v", what, err, want)
	}
}

func wantNames(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// late returns the names of all who were late.
func late(r Report) (names []string) {
	for _, p := range r.Phases {
		for _, t := range p.Late {
			names = append(names, p.Phase.String()+" "+t.Name)
		}
	}
	return names
}
