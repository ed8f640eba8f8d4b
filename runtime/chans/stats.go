package chans

import (
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Stats is what a channel knows about itself at one moment. Counters start at
// zero when the channel is made and never fall. A field that has no meaning
// for a kind of channel is zero.
type Stats struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`  // the package: "mpsc", "watch"
	Index int    `json:"index"` // tells channels of one name apart; set by Registry

	Len       int `json:"len"`        // values queued
	Cap       int `json:"cap"`        // room for values; 0 if there is no bound
	Reserved  int `json:"reserved"`   // room held by permits that are not used yet
	HighWater int `json:"high_water"` // largest Len seen; a lower bound, since it is sampled
	Senders   int `json:"senders"`    // open handles of the sending side
	Receivers int `json:"receivers"`  // open handles of the receiving side

	Sent      uint64 `json:"sent"`      // values accepted
	Received  uint64 `json:"received"`  // values handed to a receiver
	Full      uint64 `json:"full"`      // sends given up at once for lack of room
	Lagged    uint64 `json:"lagged"`    // times a receiver was found to have lagged
	Missed    uint64 `json:"missed"`    // values lost by lagging receivers
	Cancelled uint64 `json:"cancelled"` // waits ended by a context or a timeout

	Blocked    uint64        `json:"blocked"`        // sends that had to wait
	BlockedFor time.Duration `json:"blocked_for_ns"` // how long they waited, together

	LeakedHandles uint64 `json:"leaked_handles"` // handles garbage collected without Close
	Closed        bool   `json:"closed"`         // no further value will be accepted
}

// A Source is a channel that can tell its stats. Stats may be called at any
// time from any goroutine.
type Source interface {
	Stats() Stats
}

// A counter is one of the fields of Stats that start at zero and of which only
// the others are worth a word.
type counter struct {
	key   string // as in logs
	words string // as in String
	value func(s *Stats) uint64
}

var counters = []counter{
	{"reserved", "reserved", func(s *Stats) uint64 { return uint64(s.Reserved) }},
	{"full", "refused as full", func(s *Stats) uint64 { return s.Full }},
	{"lagged", "lags", func(s *Stats) uint64 { return s.Lagged }},
	{"missed", "missed", func(s *Stats) uint64 { return s.Missed }},
	{"cancelled", "cancelled", func(s *Stats) uint64 { return s.Cancelled }},
	{"leaked_handles", "leaked handles", func(s *Stats) uint64 { return s.LeakedHandles }},
}

// label returns the name of the channel as people see it: name, or name#2 for
// the third channel of that name.
func (s *Stats) label() string {
	if s.Index == 0 {
		return s.Name
	}
	return fmt.Sprintf("%s#%d", s.Name, s.Index)
}

// String renders s on one line. It leaves out the counters that are zero.
func (s Stats) String() string {
	var b strings.Builder
	b.WriteString(s.Kind)
	if s.Name != "" {
		b.WriteString(" " + s.label())
	}
	fmt.Fprintf(&b, ": %d", s.Len)
	if s.Cap > 0 {
		fmt.Fprintf(&b, "/%d", s.Cap)
	}
	fmt.Fprintf(&b, " queued, %d sent, %d received", s.Sent, s.Received)
	for _, c := range counters {
		if n := c.value(&s); n > 0 {
			fmt.Fprintf(&b, ", %d %s", n, c.words)
		}
	}
	if s.Blocked > 0 {
		fmt.Fprintf(&b, ", %d blocked for %v", s.Blocked, s.BlockedFor)
	}
	if s.Closed {
		b.WriteString(", closed")
	}
	return b.String()
}

// LogValue renders s as a group, so that slog.Any("jobs", tx.Stats()) logs one
// attribute per field. It leaves out the counters that are zero.
func (s Stats) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("kind", s.Kind),
		slog.Int("len", s.Len),
		slog.Int("cap", s.Cap),
		slog.Int("high_water", s.HighWater),
		slog.Int("senders", s.Senders),
		slog.Int("receivers", s.Receivers),
		slog.Uint64("sent", s.Sent),
		slog.Uint64("received", s.Received),
		slog.Bool("closed", s.Closed),
	}
	if s.Name != "" {
		attrs = append([]slog.Attr{slog.String("name", s.label())}, attrs...)
	}
	for _, c := range counters {
		if n := c.value(&s); n > 0 {
			attrs = append(attrs, slog.Uint64(c.key, n))
		}
	}
	if s.Blocked > 0 {
		attrs = append(attrs, slog.Uint64("blocked", s.Blocked), slog.Duration("blocked_for", s.BlockedFor))
	}
	return slog.GroupValue(attrs...)
}
