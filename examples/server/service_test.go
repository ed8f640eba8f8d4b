package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A gate holds up work until it is opened.
type gate chan struct{}

func (g gate) work(ctx context.Context, text string) (int, error) {
	select {
	case <-g:
		return len(strings.Fields(text)), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// newTest returns a service without a listener, whose requests are given to its
// handler.
func newTest(t *testing.T, c config) *service {
	t.Helper()
	s, err := newService(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// end shuts a service down as the end of its listener does.
func end(t *testing.T, s *service) {
	t.Helper()
	s.jobs.Close()
	if err := s.group.Shutdown(context.Background()).Err(); err != nil {
		t.Errorf("shutdown: %v", err)
	}
}

func do(s *service, method, target, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.handler().ServeHTTP(w, httptest.NewRequest(method, target, strings.NewReader(body)))
	return w
}

func wantStatus(t *testing.T, what string, w *httptest.ResponseRecorder, want int) {
	t.Helper()
	if w.Code != want {
		t.Errorf("%s: status %d, want %d\n%s", what, w.Code, want, w.Body)
	}
}

// With one job in work and two queued, the next is refused, until there is room
// again.
func TestOverload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var journal bytes.Buffer
		g := make(gate)
		s := newTest(t, config{queue: 2, workers: 1, work: g.work, journal: &journal})
		for i := range 3 {
			wantStatus(t, fmt.Sprint("job ", i), do(s, "POST", "/jobs", "a b"), http.StatusAccepted)
			synctest.Wait()
		}
		w := do(s, "POST", "/jobs", "a b")
		wantStatus(t, "one too many", w, http.StatusServiceUnavailable)
		if got := w.Header().Get("Retry-After"); got != "1" {
			t.Errorf("Retry-After is %q, want 1", got)
		}
		g <- struct{}{}
		synctest.Wait()
		wantStatus(t, "with room", do(s, "POST", "/jobs", "a b c"), http.StatusAccepted)

		close(g)
		end(t, s)
		w = do(s, "POST", "/jobs", "late")
		wantStatus(t, "after the end", w, http.StatusServiceUnavailable)
		if got := w.Header().Get("Retry-After"); got != "" {
			t.Errorf("Retry-After after the end is %q, want none", got)
		}
		if got, want := words(t, &journal), (map[int64]int{1: 2, 2: 2, 3: 2, 5: 3}); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the journal has %v, want %v", got, want)
		}
	})
}

// words reads a journal. No job may be in it twice.
func words(t *testing.T, journal *bytes.Buffer) map[int64]int {
	t.Helper()
	all := make(map[int64]int)
	for dec := json.NewDecoder(journal); dec.More(); {
		var r result
		if err := dec.Decode(&r); err != nil {
			t.Fatalf("journal: %v", err)
		}
		if _, twice := all[r.ID]; twice {
			t.Errorf("job %d is in the journal twice", r.ID)
		}
		all[r.ID] = r.Words
	}
	return all
}

// Who waits gets the result, also if the service is told to stop meanwhile.
func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var journal bytes.Buffer
		g := make(gate)
		s := newTest(t, config{queue: 2, workers: 1, work: g.work, journal: &journal})
		answered := make(chan *httptest.ResponseRecorder)
		go func() { answered <- do(s, "POST", "/jobs?wait", "one two three") }()
		synctest.Wait()
		s.group.Stop(errors.New("enough"))
		synctest.Wait()
		close(g)
		w := <-answered
		wantStatus(t, "wait", w, http.StatusOK)
		if got, want := strings.TrimSpace(w.Body.String()), `{"id":1,"words":3}`; got != want {
			t.Errorf("answer %s, want %s", got, want)
		}
		end(t, s)
	})
}

// A job that fails is not answered for ever: the service says so and ends.
func TestWorkFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		s := newTest(t, config{queue: 2, workers: 1, journal: new(bytes.Buffer),
			work: func(context.Context, string) (int, error) { return 0, broken }})
		wantStatus(t, "a job that fails", do(s, "POST", "/jobs?wait", "text"), http.StatusServiceUnavailable)
		s.jobs.Close()
		report := s.group.Run(t.Context())
		if !errors.Is(report.Reason, broken) {
			t.Errorf("reason %v, want %v", report.Reason, broken)
		}
	})
}

func TestLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := make(gate)
		close(g)
		s := newTest(t, config{queue: 2, workers: 1, work: g.work, journal: new(bytes.Buffer)})
		for _, test := range []struct {
			method, target, body string
			want                 int
		}{
			{"POST", "/jobs", "ten letters", http.StatusAccepted},
			{"PUT", "/limits", `{"max_text": 5}`, http.StatusOK},
			{"POST", "/jobs", "ten letters", http.StatusRequestEntityTooLarge},
			{"POST", "/jobs", "five!", http.StatusAccepted},
			{"PUT", "/limits", `{"max_text": 0}`, http.StatusBadRequest},
			{"PUT", "/limits", `five`, http.StatusBadRequest},
			{"GET", "/jobs", "", http.StatusMethodNotAllowed},
		} {
			wantStatus(t, test.method+" "+test.target+" "+test.body, do(s, test.method, test.target, test.body), test.want)
			synctest.Wait()
		}
		end(t, s)
		wantStatus(t, "after the end", do(s, "PUT", "/limits", `{"max_text": 5}`), http.StatusServiceUnavailable)
	})
}

// A slow client is a ResponseWriter that takes its time with the first event.
type slowClient struct {
	*httptest.ResponseRecorder
	ready gate
}

func (c slowClient) Write(p []byte) (int, error) {
	<-c.ready
	return c.ResponseRecorder.Write(p)
}

// A client that does not keep up is told how much it has missed, and goes on.
// Its stream ends with the service.
func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := make(gate)
		close(g)
		s := newTest(t, config{queue: 2, workers: 1, work: g.work, journal: new(bytes.Buffer)})
		c := slowClient{httptest.NewRecorder(), make(gate)}
		ended := false
		go func() {
			s.handler().ServeHTTP(c, httptest.NewRequest("GET", "/events", nil))
			ended = true
		}()
		synctest.Wait()
		s.events.Send(result{1, 1})
		synctest.Wait() // it writes the first
		for id := range 260 {
			s.events.Send(result{int64(id + 2), 7})
		}
		close(c.ready)
		synctest.Wait()
		got := c.Body.String()
		for _, want := range []string{
			"data: {\"id\":1,\"words\":1}\n\nevent: missed\ndata: 4\n\ndata: {\"id\":6,\"words\":7}\n\n",
			"data: {\"id\":261,\"words\":7}\n\n",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("events: got\n%s\nwant\n%s", got, want)
			}
		}
		end(t, s)
		synctest.Wait()
		if !ended {
			t.Error("the stream of events goes on after the end of the service")
		}
	})
}
