package chans_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/chanlint/chanlint/runtime/chans"
)

func TestStatsString(t *testing.T) {
	for _, test := range []struct {
		stats chans.Stats
		want  string
	}{
		{chans.Stats{Kind: "mpsc"}, "mpsc: 0 queued, 0 sent, 0 received"},
		{
			chans.Stats{Kind: "mpsc", Name: "jobs", Len: 3, Cap: 8, Sent: 10, Received: 7},
			"mpsc jobs: 3/8 queued, 10 sent, 7 received",
		},
		{
			chans.Stats{Kind: "broadcast", Name: "ticks", Index: 2, Lagged: 1, Missed: 5, Closed: true},
			"broadcast ticks#2: 0 queued, 0 sent, 0 received, 1 lags, 5 missed, closed",
		},
		{
			chans.Stats{
				Kind: "mpsc", Reserved: 1, Full: 2, Cancelled: 3, LeakedHandles: 4,
				Blocked: 5, BlockedFor: 6 * time.Millisecond,
			},
			"mpsc: 0 queued, 0 sent, 0 received, 1 reserved, 2 refused as full, 3 cancelled, " +
				"4 leaked handles, 5 blocked for 6ms",
		},
	} {
		if got := test.stats.String(); got != test.want {
			t.Errorf("String = %q\nwant      %q", got, test.want)
		}
	}
}

func TestStatsLogValue(t *testing.T) {
	var b bytes.Buffer
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("x", "ch", chans.Stats{
		Kind: "mpsc", Name: "jobs", Len: 1, Cap: 2, HighWater: 2, Senders: 3, Receivers: 1, Sent: 9, Received: 8,
		Full: 4, Blocked: 1, BlockedFor: time.Second,
	})
	want := "ch.name=jobs ch.kind=mpsc ch.len=1 ch.cap=2 ch.high_water=2 ch.senders=3 ch.receivers=1 " +
		"ch.sent=9 ch.received=8 ch.closed=false ch.full=4 ch.blocked=1 ch.blocked_for=1s\n"
	if got := b.String(); !strings.HasSuffix(got, want) {
		t.Errorf("logged %q\nwant it to end in %q", got, want)
	}
}
