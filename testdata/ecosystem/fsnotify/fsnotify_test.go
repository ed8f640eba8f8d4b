//go:build linux

package fsnotify_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	data "github.com/chanlint/chanlint/testdata/ecosystem/fsnotify"
)

// patience bounds what is waited for; it is not reached if all is well.
const patience = time.Minute

// silence is how long nothing has to come before nothing is taken to come any
// more.
const silence = 2 * time.Second

// overflow returns how many files are more than inotify has room for, if the
// reader has taken its fill and does not go on.
func overflow(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Skip(err)
	}
	most, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if most > 100_000 {
		t.Skipf("the kernel keeps %d events, too many to fill up", most)
	}
	return most + 8192
}

// A flood creates files when the watcher has started, before it goes on.
type flood struct {
	dir     string
	n       int
	started chan struct{}
	created bool
}

func newFlood(t *testing.T) *flood {
	return &flood{dir: t.TempDir(), n: overflow(t), started: make(chan struct{})}
}

// create creates the files, the first time that it is called.
func (f *flood) create(t *testing.T) {
	if f.created {
		return
	}
	f.created = true
	<-f.started
	for i := range f.n {
		file, err := os.Create(filepath.Join(f.dir, fmt.Sprintf("file%06d", i)))
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
}

func (f *flood) list() []string {
	names, err := filepath.Glob(filepath.Join(f.dir, "file*"))
	if err != nil {
		panic(err)
	}
	return names
}

func TestOverflow(t *testing.T) {
	f := newFlood(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	idle := time.AfterFunc(patience, cancel)
	seen, err := data.Collect(ctx, f.dir, f.started, func(seen map[string]bool) bool {
		f.create(t)
		idle.Reset(silence)
		return len(seen) == f.n
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) == 0 || len(seen) >= f.n {
		t.Errorf("Collect saw %d files of %d: some should be lost, and it not know", len(seen), f.n)
	}
	t.Logf("saw %d files of %d", len(seen), f.n)
}

func TestOverflowNoticed(t *testing.T) {
	f := newFlood(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	listed := 0
	seen, err := data.CollectAll(ctx, f.dir, f.started, func() []string {
		listed++
		return f.list()
	}, func(seen map[string]bool) bool {
		f.create(t)
		return len(seen) == f.n
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != f.n || listed == 0 {
		t.Errorf("CollectAll saw %d files of %d and listed them %d times, want all, and once", len(seen), f.n, listed)
	}
}
