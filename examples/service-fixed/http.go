package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// maxBody is the size of the largest order that is read.
const maxBody = 1 << 10

// handler serves GET /state, POST /work and GET /healthz.
func handler(s *service) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /state", s.serveState)
	mux.HandleFunc("POST /work", s.serveWork)
	mux.HandleFunc("GET /healthz", s.serveHealth)
	return mux
}

func (s *service) serveState(w http.ResponseWriter, r *http.Request) {
	rep, err := s.report()
	respond(w, rep, err)
}

func (s *service) serveWork(w http.ResponseWriter, r *http.Request) {
	var o order
	body := http.MaxBytesReader(w, r.Body, maxBody)
	if err := json.NewDecoder(body).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	rcpt, err := s.submit(r.Context(), o)
	respond(w, rcpt, err)
}

func (s *service) serveHealth(w http.ResponseWriter, r *http.Request) {
	status := s.health.current()
	if status != statusUp {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	io.WriteString(w, status+"\n")
}

// respond writes v, or the reason why there is none.
func respond(w http.ResponseWriter, v any, err error) {
	if err != nil {
		http.Error(w, err.Error(), statusCode(err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v) // fails only if the client has gone
}

func statusCode(err error) int {
	switch {
	case errors.Is(err, errInvalid), errors.Is(err, errTooLarge):
		return http.StatusBadRequest
	case errors.Is(err, errOutOfStock):
		return http.StatusConflict
	default:
		return http.StatusServiceUnavailable
	}
}
