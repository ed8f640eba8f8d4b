package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/chans"
)

// serve answers requests until ctx ends. It then lets those in progress finish,
// and closes the queue that they fill.
func (s *service) serve(ctx context.Context, ln net.Listener) error {
	defer s.jobs.Close() // ends the workers, once they have done what is queued
	srv := &http.Server{Handler: s.handler(), ReadHeaderTimeout: time.Second}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := srv.Shutdown(grace)
	if err != nil {
		err = errors.Join(err, srv.Close())
	}
	<-served
	return err
}

func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /jobs", s.serveJob)
	mux.HandleFunc("PUT /limits", s.serveLimits)
	mux.HandleFunc("GET /events", s.serveEvents)
	mux.HandleFunc("GET /metrics", s.serveMetrics)
	return mux
}

// serveJob accepts a job, and with ?wait answers when it is done.
func (s *service) serveJob(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(s.limits.Get().MaxText)))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	id, answer, err := s.accept(string(text))
	if err != nil {
		unavailable(w, err)
		return
	}
	defer answer.Close()
	if !r.URL.Query().Has("wait") {
		respond(w, http.StatusAccepted, map[string]int64{"id": id})
		return
	}
	res, err := answer.Recv(r.Context())
	if err != nil {
		unavailable(w, err)
		return
	}
	respond(w, http.StatusOK, res)
}

// unavailable tells a client to come back, or that there is no use in it.
func unavailable(w http.ResponseWriter, err error) {
	if errors.Is(err, chans.ErrFull) {
		w.Header().Set("Retry-After", "1")
	}
	http.Error(w, err.Error(), http.StatusServiceUnavailable)
}

func (s *service) serveLimits(w http.ResponseWriter, r *http.Request) {
	var l limits
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&l); err != nil || l.MaxText <= 0 {
		http.Error(w, "want {\"max_text\": N} with N > 0", http.StatusBadRequest)
		return
	}
	if err := s.limits.Send(l); err != nil {
		unavailable(w, err)
		return
	}
	respond(w, http.StatusOK, l)
}

// serveEvents streams results. A client that is too slow misses some, and is
// told how many; nobody waits for it.
func (s *service) serveEvents(w http.ResponseWriter, r *http.Request) {
	events := s.events.Subscribe()
	defer events.Close()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	if err := out.Flush(); err != nil {
		return
	}
	for {
		select {
		case <-s.group.Stopping():
			return
		case <-r.Context().Done():
			return
		case <-events.Ready(): // asked anew each time
			res, err := events.TryRecv()
			if err := errors.Join(writeEvent(w, res, err), out.Flush()); err != nil {
				return // the events have ended, or the client has gone
			}
		}
	}
}

// writeEvent writes what was received: a result, or how many were missed.
func writeEvent(w io.Writer, res result, err error) error {
	var lag *broadcast.LaggedError
	switch {
	case errors.As(err, &lag):
		_, err = fmt.Fprintf(w, "event: missed\ndata: %d\n\n", lag.Missed)
	case err == nil:
		_, err = fmt.Fprintf(w, "data: {\"id\":%d,\"words\":%d}\n\n", res.ID, res.Words)
	}
	return err
}

func (s *service) serveMetrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	s.channels.WritePrometheus(w) // fails only if the client has gone
}

func respond(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(v) // fails only if the client has gone
}
