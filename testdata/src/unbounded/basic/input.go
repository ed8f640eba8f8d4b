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
type watchRequest struct{ Window int32 }

func (*watchRequest) ProtoReflect() {}

func (r *watchRequest) GetWindow() int32 { return r.Window }

func fromMessage(req *watchRequest) chan event {
	return make(chan event, req.GetWindow()) // want `this channel gets its room from GetWindow`
}

func fromMessageField(req *watchRequest) chan event {
	return make(chan event, req.Window*2) // want `this channel gets its room from Window`
}

func search(chan<- event) {}
