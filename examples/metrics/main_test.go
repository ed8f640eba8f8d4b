package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func Example() {
	main()
	// Output:
	// listener: chans: receiver lagged and missed 3 values
	// chans_len{name="events",kind="broadcast",index="0"} 2
	// chans_len{name="orders",kind="mpsc",index="0"} 3
	// chans_full_total{name="events",kind="broadcast",index="0"} 0
	// chans_full_total{name="orders",kind="mpsc",index="0"} 2
	// chans_missed_total{name="events",kind="broadcast",index="0"} 3
	// chans_missed_total{name="orders",kind="mpsc",index="0"} 0
	// expvar: true
	// level=INFO msg=channel stats.name=events stats.kind=broadcast stats.len=2 stats.cap=2 stats.high_water=2 stats.senders=1 stats.receivers=1 stats.sent=5 stats.received=0 stats.closed=false stats.lagged=1 stats.missed=3
	// level=INFO msg=channel stats.name=orders stats.kind=mpsc stats.len=3 stats.cap=4 stats.high_water=4 stats.senders=1 stats.receivers=1 stats.sent=4 stats.received=1 stats.closed=false stats.full=2
}

// The page says what a scraper needs to know of its format.
func TestContentType(t *testing.T) {
	w := httptest.NewRecorder()
	pages().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if got, want := w.Header().Get("Content-Type"), "text/plain; version=0.0.4"; !strings.HasPrefix(got, want) || w.Code != http.StatusOK {
		t.Errorf("GET /metrics: %d, %q, want 200 and %s", w.Code, got, want)
	}
}
