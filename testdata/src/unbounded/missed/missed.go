// Package missed has what the pass does not see.
package missed

import (
	"container/list"
	"encoding/json"
	"net/http"
)

type item struct{ id int }

// A body that was decoded.
func fromBody(r *http.Request) chan item {
	var body struct{ Window int }
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return nil
	}
	return make(chan item, body.Window) // miss: decoded values are not followed
}

// A list that is no slice.
func bridgeByList(in <-chan item, out chan<- item) {
	queue := list.New()
	for {
		var send chan<- item
		var first item
		if queue.Len() > 0 {
			send, first = out, queue.Front().Value.(item)
		}
		select {
		case i := <-in:
			queue.PushBack(i) // miss: only slices are followed
		case send <- first:
			queue.Remove(queue.Front())
		}
	}
}

// A stack of calls, each of which starts the next.
func recursive(n item, children func(item) []item, out chan<- item) {
	for _, c := range children(n) {
		go recursive(c, children, out) // miss: recursion is taken for finite
	}
	out <- n
}

type reader interface{ ReadMessage() (item, error) }

func readLoop(r reader, out chan<- item) {
	for {
		m, err := r.ReadMessage()
		if err != nil {
			return
		}
		go func() { out <- m }() // miss: only channels and what is known to read from the network bring items
	}
}
