// Package basic has queues whose limit nobody feels.
package basic

import (
	"encoding/binary"
	"io"
	"net/http"
	"strconv"
)

type event struct {
	id   uint64
	body string
}

type server struct {
	events chan event
	frames chan [4096]byte
}

const backlog = 50_000

func newServer() *server {
	return &server{
		events: make(chan event, backlog),  // want `^events has room for 50000 elements of 24 bytes, 1171 KiB in all, which hides a receiver that is too slow; size it for a burst$`
		frames: make(chan [4096]byte, 512), // want `frames has room for 512 elements of 4096 bytes, 2048 KiB in all`
	}
}

func newServerFixed() *server {
	return &server{
		events: make(chan event, 256),
		frames: make(chan [4096]byte, 16),
	}
}

func (s *server) add(e event, frame [4096]byte) {
	s.events <- e
	s.frames <- frame
	lines <- e.body
}

var lines = make(chan string, 10_000) // want `lines has room for 10000 elements of 16 bytes, 156 KiB in all`

var pending = 65_536

func newPending() <-chan int {
	ch := make(chan int, pending) // want `ch has room for 65536 elements of 8 bytes, 512 KiB in all`
	go func() { ch <- 1 }()
	return ch
}

// A client decides how much is allocated.
func fromQuery(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		return
	}
	results := make(chan event, n) // want `^results gets its room from FormValue, which a peer chooses, without a limit; cap it with min$`
	go search(results)
	for e := range results {
		io.WriteString(w, e.body)
	}
}

func fromQueryFixed(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		return
	}
	results := make(chan event, min(n, 100))
	go search(results)
	for e := range results {
		io.WriteString(w, e.body)
	}
}

func fromHeader(r *http.Request) chan event {
	return buffer(r.Header.Get("X-Window"))
}

func buffer(window string) chan event {
	n, _ := strconv.ParseInt(window, 10, 32)
	return make(chan event, n) // want `this channel gets its room from Get, which a peer chooses`
}

func fromLength(r *http.Request) chan byte {
	return make(chan byte, r.ContentLength) // want `this channel gets its room from ContentLength`
}

func fromWire(header []byte) chan event {
	n := binary.BigEndian.Uint32(header)
	return make(chan event, n) // want `this channel gets its room from Uint32`
}

func fromWireFixed(header []byte) chan event {
	n := binary.BigEndian.Uint32(header)
	if n > 64 {
		n = 64
	}
	return make(chan event, n)
}

// A message that came over the wire.
type request struct{ Window int32 }

func (*request) ProtoReflect() {}

func (r *request) GetWindow() int32 { return r.Window }

func fromMessage(req *request) chan event {
	return make(chan event, req.GetWindow()) // want `this channel gets its room from GetWindow`
}

func fromMessageField(req *request) chan event {
	return make(chan event, req.Window*2) // want `this channel gets its room from Window`
}

func search(chan<- event) {}
