package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A tally is what clients were told.
type tally struct {
	mu       sync.Mutex
	accepted map[int64]bool // by the number of the job
	refused  int            // 503
	unknown  int            // the connection broke before the answer
	errs     []error

	enough func(accepted, refused int) bool
	loaded chan struct{} // closed when it is enough
	once   sync.Once
}

func newTally(enough func(accepted, refused int) bool) *tally {
	return &tally{accepted: make(map[int64]bool), enough: enough, loaded: make(chan struct{})}
}

// load has clients post jobs to a service, without pause, until it has gone or
// ctx ends.
func load(ctx context.Context, url string, clients int, t *tally) {
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			// One connection for each, as for clients that are not one process.
			transport := &http.Transport{MaxConnsPerHost: 1}
			defer transport.CloseIdleConnections()
			c := &http.Client{Transport: transport}
			for ctx.Err() == nil && t.post(ctx, c, url) {
			}
		})
	}
	wg.Wait()
}

// post posts a job and reports whether the service is still there.
func (t *tally) post(ctx context.Context, c *http.Client, url string) bool {
	req, err := http.NewRequestWithContext(ctx, "POST", url+"/jobs", strings.NewReader("as many words as there are"))
	if err != nil {
		t.note(func() { t.errs = append(t.errs, err) })
		return false
	}
	resp, err := c.Do(req)
	if err != nil {
		// A connection that was never made has accepted nothing.
		if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "dial" {
			t.note(func() { t.unknown++ })
		}
		return false
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.note(func() { t.unknown++ })
		return false
	}
	switch resp.StatusCode {
	case http.StatusAccepted:
		var job struct{ ID int64 }
		err := json.Unmarshal(body, &job)
		t.note(func() {
			if err != nil || t.accepted[job.ID] {
				t.errs = append(t.errs, fmt.Errorf("answer %q: a number for the second time, or none (%v)", body, err))
			}
			t.accepted[job.ID] = true
		})
	case http.StatusServiceUnavailable:
		t.note(func() { t.refused++ })
		select {
		case <-time.After(5 * time.Millisecond): // Retry-After says a second, which is for the patient
		case <-ctx.Done():
		}
	default:
		t.note(func() { t.errs = append(t.errs, fmt.Errorf("status %d: %s", resp.StatusCode, body)) })
	}
	return true
}

// note changes t and sees whether it is enough.
func (t *tally) note(change func()) {
	t.mu.Lock()
	change()
	done := t.enough(len(t.accepted), t.refused)
	t.mu.Unlock()
	if done {
		t.once.Do(func() { close(t.loaded) })
	}
}
