package chans

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"slices"
	"sync"
	"weak"
)

// Default is where named channels are listed unless [In] says otherwise.
var Default = new(Registry)

// A Registry lists the named channels that are in use. Use one to publish the
// stats of a program's channels; without a reader it costs one small entry per
// channel. The zero Registry is empty and ready to use, by many goroutines.
//
// Memory: a registry does not keep a channel alive. An entry goes when its
// channel has been garbage collected, at the next snapshot or sooner.
type Registry struct {
	mu      sync.Mutex
	entries map[string][]entry // by name and index; a nil entry is free
	added   int                // since the last sweep
	kept    int                // after the last sweep
}

// An entry is a weak pointer to a channel, its type hidden.
type entry interface {
	source() Source // nil once the channel is gone
}

type weakEntry[S any, P interface {
	*S
	Source
}] struct{ p weak.Pointer[S] }

func (e weakEntry[S, P]) source() Source {
	if s := e.p.Value(); s != nil {
		return P(s)
	}
	return nil
}

// Register lists state under cfg.Name in cfg.Registry; if cfg has no name, it
// does nothing. Primitives call it once per channel, with the part that their
// handles share. The registry holds state weakly.
func Register[S any, P interface {
	*S
	Source
}](cfg Config, state P) {
	if cfg.Name == "" || cfg.Registry == nil {
		return
	}
	cfg.Registry.add(cfg.Name, weakEntry[S, P]{weak.Make((*S)(state))})
}

// add gives e the lowest index of name that is free, so that a channel that is
// made again and again under one name does not look like ever new ones.
func (r *Registry) add(name string, e entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.added++; r.added > r.kept+64 {
		r.sweep() // amortized: nobody may ever ask for a snapshot
	}
	if r.entries == nil {
		r.entries = make(map[string][]entry)
	}
	list := r.entries[name]
	for i, old := range list {
		if old == nil || old.source() == nil {
			list[i] = e
			return
		}
	}
	r.entries[name] = append(list, e)
}

// sweep frees the entries of channels that are gone. r.mu is held.
func (r *Registry) sweep() {
	r.added, r.kept = 0, 0
	for name, list := range r.entries {
		last := 0
		for i, e := range list {
			if e == nil || e.source() == nil {
				list[i] = nil
				continue
			}
			r.kept++
			last = i + 1
		}
		if last == 0 {
			delete(r.entries, name)
			continue
		}
		r.entries[name] = list[:last]
	}
}

// Snapshot returns the stats of the channels in use, by name and index. The
// channels are read one after the other, not at a single instant.
func (r *Registry) Snapshot() []Stats {
	type found struct {
		Source
		index int
	}
	var sources []found
	r.mu.Lock()
	r.sweep()
	for _, list := range r.entries {
		for i, e := range list {
			if e == nil {
				continue
			}
			if src := e.source(); src != nil {
				sources = append(sources, found{src, i})
			}
		}
	}
	r.mu.Unlock()

	stats := make([]Stats, len(sources))
	for i, src := range sources {
		stats[i] = src.Stats() // not under r.mu: it takes the lock of the channel
		stats[i].Index = src.index
	}
	slices.SortFunc(stats, func(a, b Stats) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Index, b.Index))
	})
	return stats
}

// String returns the snapshot as a JSON array, which makes r an expvar.Var:
//
//	expvar.Publish("channels", chans.Default)
func (r *Registry) String() string {
	b, err := json.Marshal(r.Snapshot())
	if err != nil {
		panic("chans: stats do not marshal: " + err.Error())
	}
	return string(b)
}

// LogValue returns the snapshot as a group with one member per channel.
func (r *Registry) LogValue() slog.Value {
	var attrs []slog.Attr
	for _, s := range r.Snapshot() {
		attrs = append(attrs, slog.Attr{Key: s.label(), Value: s.LogValue()})
	}
	return slog.GroupValue(attrs...)
}
