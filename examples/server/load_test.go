package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Stopped under load, the service has done every job that a client was told is
// accepted, once, and none that it refused.
func TestStopUnderLoad(t *testing.T) {
	var journal bytes.Buffer
	s, addr, err := begin(config{queue: 8, workers: 2, work: count, journal: &journal}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tally := newTally(func(accepted, refused int) bool { return accepted >= 800 && refused >= 50 })
	var clients sync.WaitGroup
	clients.Go(func() { load(ctx, "http://"+addr, 8, tally) })
	var events, metrics string
	clients.Go(func() { events = get(t, ctx, "http://"+addr+"/events") }) // until the service ends it

	select {
	case <-tally.loaded:
	case <-ctx.Done():
		t.Error("the load has not come about in time")
	}
	metrics = get(t, ctx, "http://"+addr+"/metrics")
	report := s.group.Shutdown(ctx)
	clients.Wait()

	if err := report.Err(); err != nil {
		t.Errorf("shutdown: %v\n%v", err, report)
	}
	for _, err := range tally.errs {
		t.Error(err)
	}
	kept := words(t, &journal)
	for id := range tally.accepted {
		if _, ok := kept[id]; !ok {
			t.Errorf("job %d was accepted and is not in the journal", id)
		}
	}
	if got, most := len(kept), len(tally.accepted)+tally.unknown; got > most {
		t.Errorf("%d jobs in the journal, want %d at most, of which clients have not heard of %d", got, most, tally.unknown)
	}
	stats := s.jobs.Stats()
	if got := int(stats.Sent); got != len(kept) {
		t.Errorf("%d jobs were queued, want %d, which is what is in the journal", got, len(kept))
	}
	if got := int(stats.Full); got < tally.refused {
		t.Errorf("%d jobs found the queue full, want %d at least, which were refused", got, tally.refused)
	}
	if stats.HighWater > 8 {
		t.Errorf("%d jobs were queued at a time, want 8 at most", stats.HighWater)
	}
	if !strings.Contains(metrics, `chans_capacity{name="jobs",kind="mpmc",index="0"} 8`) {
		t.Errorf("metrics: got\n%s\nwant the capacity of the queue", metrics)
	}
	if !strings.Contains(events, `"words":6}`) {
		t.Errorf("events: got\n%s\nwant some", events)
	}
	t.Logf("%d accepted, %d refused, %d unknown\n%v", len(tally.accepted), tally.refused, tally.unknown, report)
}

// get returns what is at url, to its end.
func get(t *testing.T, ctx context.Context, url string) string {
	transport := new(http.Transport)
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		t.Error(err)
		return ""
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Errorf("GET %s: %v", url, err)
	}
	return string(page)
}

func TestDemo(t *testing.T) {
	var out bytes.Buffer
	if err := demo(t.Context(), &out); err != nil {
		t.Fatalf("demo: %v\n%s", err, &out)
	}
	for _, want := range []string{
		`(?m)^shut down in .* \(enough\)$`,
		`(?m)^queue jobs: \d+ drained, 0 left$`,
		`(?m)^[5-9]\d\d jobs accepted, \d{2,} refused with 503, `,
		`(?m)^lost: 0$`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("demo printed\n%s\nwant %s", &out, want)
		}
	}
}

// An address that cannot be had is an error at once.
func TestAddressInUse(t *testing.T) {
	if err := serve(t.Context(), "127.0.0.1:-1", io.Discard); err == nil {
		t.Error("serve at port -1 = nil, want an error")
	}
}
