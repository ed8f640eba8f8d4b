package chans_test

import (
	"encoding/json"
	"errors"
	"expvar"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

// A source is a channel that only has stats.
type source struct{ stats chans.Stats }

func (s *source) Stats() chans.Stats { return s.stats }

// add registers a source under the given name.
func add(r *chans.Registry, name string, sent uint64) *source {
	cfg := chans.NewConfig(chans.Named(name), chans.In(r))
	s := &source{chans.Stats{Name: cfg.Name, Kind: "test", Sent: sent}}
	chans.Register(cfg, s)
	return s
}

// names returns the names, indexes and sent counts in a snapshot of r.
func names(r *chans.Registry) (list []string) {
	for _, s := range r.Snapshot() {
		list = append(list, fmt.Sprintf("%s#%d:%d", s.Name, s.Index, s.Sent))
	}
	return list
}

func wantNames(t *testing.T, r *chans.Registry, want ...string) {
	t.Helper()
	if got := names(r); !slices.Equal(got, want) {
		t.Errorf("Snapshot has %v, want %v", got, want)
	}
}

func TestNewConfig(t *testing.T) {
	r := new(chans.Registry)
	for _, test := range []struct {
		name string
		opts []chans.Option
		want chans.Config
	}{
		{"none", nil, chans.Config{}},
		{"name", []chans.Option{chans.Named("a")}, chans.Config{Name: "a", Registry: chans.Default}},
		{"name and registry", []chans.Option{chans.In(r), chans.Named("a")}, chans.Config{Name: "a", Registry: r}},
		{"registry only", []chans.Option{chans.In(r)}, chans.Config{}},
		{"nil registry", []chans.Option{chans.In(nil), chans.Named("a")}, chans.Config{Name: "a", Registry: chans.Default}},
		{"last wins", []chans.Option{chans.Named("a"), chans.Named("b")}, chans.Config{Name: "b", Registry: chans.Default}},
	} {
		if got := chans.NewConfig(test.opts...); got.Name != test.want.Name || got.Registry != test.want.Registry {
			t.Errorf("%s: NewConfig = %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestLeaked(t *testing.T) {
	var got string
	cfg := chans.NewConfig(chans.Named("jobs"), chans.In(new(chans.Registry)), chans.OnLeak(func(handle, name string) {
		got = handle + " of " + name
	}))
	cfg.Leaked("mpsc.Sender")
	if want := "mpsc.Sender of jobs"; got != want {
		t.Errorf("OnLeak was told %q, want %q", got, want)
	}
	new(chans.Config).Leaked("mpsc.Sender") // without OnLeak: nothing
}

func TestRegistryListsByName(t *testing.T) {
	r := new(chans.Registry)
	wantNames(t, r)
	b1, a, b2 := add(r, "b", 1), add(r, "a", 2), add(r, "b", 3)
	anonymous := add(r, "", 4)
	wantNames(t, r, "a#0:2", "b#0:1", "b#1:3")
	runtime.KeepAlive([]*source{b1, a, b2, anonymous})
}

func TestRegistryForgets(t *testing.T) {
	r := new(chans.Registry)
	first, second, third := add(r, "a", 1), add(r, "a", 2), add(r, "a", 3)
	runtime.KeepAlive(first)
	runtime.GC()
	wantNames(t, r, "a#1:2", "a#2:3") // the others keep their index
	fourth := add(r, "a", 4)
	wantNames(t, r, "a#0:4", "a#1:2", "a#2:3")
	runtime.KeepAlive([]*source{second, third, fourth})
	runtime.GC()
	wantNames(t, r)
}

// The index is free at once, not only after a snapshot.
func TestRegistryReusesIndexes(t *testing.T) {
	r := new(chans.Registry)
	for i := range uint64(5) {
		s := add(r, "a", i)
		wantNames(t, r, fmt.Sprintf("a#0:%d", i))
		runtime.KeepAlive(s)
		runtime.GC()
	}
	add(r, "a", 5)
	runtime.GC()
	s := add(r, "a", 6)
	wantNames(t, r, "a#0:6")
	runtime.KeepAlive(s)
}

// Nobody asks for a snapshot here, and yet memory must not grow.
func TestRegistryWithoutReader(t *testing.T) {
	r := new(chans.Registry)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for round := range 20 {
		for i := range 2000 {
			add(r, fmt.Sprintf("connection %d of round %d", i, round), 0)
		}
		runtime.GC()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	// One round takes some 600 kB; all of them would take 20 times that.
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 3<<20 {
		t.Errorf("the registry of channels that are gone takes %d bytes", grown)
	}
	runtime.KeepAlive(r)
}

func TestRegistryIsAnExpvar(t *testing.T) {
	r := new(chans.Registry)
	var v expvar.Var = r
	if got := v.String(); got != "[]" {
		t.Errorf("String of an empty registry = %q, want []", got)
	}
	s := add(r, `a "quoted" name`, 5)
	s.stats.BlockedFor = time.Second
	var got []map[string]any
	if err := json.Unmarshal([]byte(v.String()), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0]["name"] != `a "quoted" name` || got[0]["sent"] != 5. || got[0]["blocked_for_ns"] != 1e9 {
		t.Errorf("String = %v", got)
	}
	runtime.KeepAlive(s)
}

func TestRegistryLogValue(t *testing.T) {
	r := new(chans.Registry)
	s := []*source{add(r, "a", 1), add(r, "a", 2)}
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "all", r)
	for _, want := range []string{"all.a.sent=1", "all.a#1.sent=2"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("logged %q, want it to contain %q", b.String(), want)
		}
	}
	runtime.KeepAlive(s)
}

func TestRegistryConcurrently(t *testing.T) {
	r := new(chans.Registry)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 100 {
				s := add(r, "a", uint64(i))
				r.Snapshot()
				runtime.KeepAlive(s)
			}
		})
	}
	wg.Wait()
}

func TestWritePrometheus(t *testing.T) {
	r := new(chans.Registry)
	s := []*source{add(r, "jobs", 7), add(r, "jobs", 0), add(r, "odd \"name\" \\ with\nall\xff", 1<<40)}
	s[1].stats.BlockedFor = 1500 * time.Millisecond
	s[1].stats.Closed = true
	var b strings.Builder
	if err := r.WritePrometheus(&b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{
		"# HELP chans_sent_total Values accepted.\n# TYPE chans_sent_total counter\n" +
			`chans_sent_total{name="jobs",kind="test",index="0"} 7` + "\n" +
			`chans_sent_total{name="jobs",kind="test",index="1"} 0` + "\n" +
			`chans_sent_total{name="odd \"name\" \\ with\nall` + "\uFFFD" + `",kind="test",index="0"} 1.099511627776e+12` + "\n",
		`chans_blocked_seconds_total{name="jobs",kind="test",index="1"} 1.5` + "\n",
		"# TYPE chans_closed gauge\n" + `chans_closed{name="jobs",kind="test",index="0"} 0` + "\n" +
			`chans_closed{name="jobs",kind="test",index="1"} 1` + "\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in\n%s", want, got)
		}
	}
	for line := range strings.Lines(got) {
		if !strings.HasPrefix(line, "# HELP chans_") && !strings.HasPrefix(line, "# TYPE chans_") &&
			!strings.HasPrefix(line, "chans_") {
			t.Errorf("odd line %q", line)
		}
	}
	runtime.KeepAlive(s)
}

type badWriter struct{ err error }

func (w badWriter) Write([]byte) (int, error) { return 0, w.err }

func TestWritePrometheusError(t *testing.T) {
	want := errors.New("disk full")
	if err := new(chans.Registry).WritePrometheus(badWriter{want}); !errors.Is(err, want) {
		t.Errorf("WritePrometheus = %v, want %v", err, want)
	}
}
