package nats_test

import (
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	data "github.com/chanlint/chanlint/testdata/ecosystem/nats"
)

// patience bounds what is waited for; it is not reached if all is well.
const patience = time.Minute

// sent is how many messages are published, room how many may be pending.
const sent, room = 100, 10

// serve starts a server on the loopback interface.
func serve(t *testing.T) string {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	t.Cleanup(s.Shutdown)
	if !s.ReadyForConnections(patience) {
		t.Fatal("the server does not start")
	}
	return s.ClientURL()
}

// await waits until ch is closed or has a value.
func await[T any](t *testing.T, ch <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-ch:
	case <-time.After(patience):
		t.Fatalf("waited in vain for %s", what)
	}
	return v
}

// publish publishes all messages. The connections have all of them when it
// returns.
func publish(t *testing.T, from, to *nats.Conn) {
	t.Helper()
	for range sent {
		if err := from.Publish("a", nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []*nats.Conn{from, to} {
		if err := c.FlushTimeout(patience); err != nil {
			t.Fatal(err)
		}
	}
}

// receive counts what a slow subscriber gets of the messages.
func receive(t *testing.T, from, to *nats.Conn) int {
	t.Helper()
	got := 0
	published, closed := make(chan struct{}), make(chan struct{})
	sub, err := to.Subscribe("a", func(*nats.Msg) {
		<-published
		got++
	})
	if err != nil {
		t.Fatal(err)
	}
	sub.SetClosedHandler(func(string) { close(closed) })
	if err := sub.SetPendingLimits(room, -1); err != nil {
		t.Fatal(err)
	}
	if err := to.FlushTimeout(patience); err != nil {
		t.Fatal(err)
	}
	publish(t, from, to)
	close(published)
	if err := sub.Drain(); err != nil {
		t.Fatal(err)
	}
	await(t, closed, "the messages")
	return got
}

func TestSlowConsumer(t *testing.T) {
	url := serve(t)
	from, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()

	silent, err := data.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	if got := receive(t, from, silent); got > room+1 {
		t.Errorf("received %d messages of %d, want %d at most: the rest should be lost, and nobody know", got, sent, room+1)
	}

	dropped := make(chan error, sent)
	told, err := data.ConnectAndTell(url, func(err error) { dropped <- err })
	if err != nil {
		t.Fatal(err)
	}
	defer told.Close()
	if got := receive(t, from, told); got > room+1 {
		t.Errorf("received %d messages of %d, want %d at most", got, sent, room+1)
	}
	if err := await(t, dropped, "the handler"); !errors.Is(err, nats.ErrSlowConsumer) {
		t.Errorf("the handler was told %v, want %v", err, nats.ErrSlowConsumer)
	}
}

// TestSlowConsumerNext is the same for a subscriber that asks for the next
// message.
func TestSlowConsumerNext(t *testing.T) {
	url := serve(t)
	from, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := nats.Connect(url, nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	lagging := func() *nats.Subscription {
		sub, err := to.SubscribeSync("a")
		if err != nil {
			t.Fatal(err)
		}
		if err := sub.SetPendingLimits(room, -1); err != nil {
			t.Fatal(err)
		}
		// The server has to know of the subscription before from publishes.
		if err := to.FlushTimeout(patience); err != nil {
			t.Fatal(err)
		}
		publish(t, from, to)
		return sub
	}

	got := 0
	sub := lagging()
	data.Next(sub, func(*nats.Msg) { got++ })
	lost, err := sub.Dropped()
	if err != nil {
		t.Fatal(err)
	}
	if got > room || lost != sent-room {
		t.Errorf("Next received %d messages of %d, and %d were dropped, want %d at most and %d", got, sent, lost, room, sent-room)
	}
	if err := sub.Unsubscribe(); err != nil {
		t.Fatal(err)
	}

	got = 0
	told := 0
	data.NextAndTell(lagging(), func(*nats.Msg) { got++ }, func(error) { told++ })
	if got != room || told != 1 {
		t.Errorf("NextAndTell received %d messages and was told %d times, want %d and 1", got, told, room)
	}
}
