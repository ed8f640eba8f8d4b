// Service-fixed is a small order service that shows what channels are used for
// in a service: requests with replies, events for many subscribers, watched
// settings, and one loop that selects over all of them until it is told to
// stop. It is the service of the folder next to it with its locks put right.
//
// It serves itself a few requests over HTTP, prints the answers and shuts
// down.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"
)

// demoTime bounds the life of the demonstration.
const demoTime = 5 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, demoTime)
	defer cancel()
	if err := run(ctx, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run starts the service on a port of its own, uses it and stops it.
func run(ctx context.Context, out io.Writer) error {
	svc := start(map[string]int{"bolt": 100, "nut": 12}, flakyDelivery())
	defer svc.stop()

	_, events := svc.events.subscribe(16)
	seen := make(chan int, 1)
	go func() {
		n := 0
		for range events {
			n++
		}
		seen <- n
	}()

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: handler(svc), ReadHeaderTimeout: time.Second}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()

	err = errors.Join(use(ctx, out, svc, "http://"+ln.Addr().String()), srv.Shutdown(ctx))
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	svc.stop()
	fmt.Fprintln(out, "events seen:", <-seen)
	_, delivered := svc.outbox.counts()
	fmt.Fprintln(out, "orders delivered:", delivered)
	return err
}

// use plays a client of the service at url.
func use(ctx context.Context, out io.Writer, svc *service, url string) error {
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	c := &client{http: &http.Client{Transport: tr}, url: url, out: out}
	c.call(ctx, "GET", "/healthz", "")
	c.call(ctx, "POST", "/work", `{"item": "bolt", "count": 7}`)
	c.call(ctx, "POST", "/work", `{"item": "bolt", "count": 70}`)
	svc.settings.replace(limits{MaxCount: 20})
	c.call(ctx, "POST", "/work", `{"item": "nut", "count": 9}`)
	c.call(ctx, "POST", "/work", `{"item": "nut", "count": 9}`)
	c.call(ctx, "GET", "/state", "")
	return c.err
}

// A client prints the answers to its calls and keeps its first error.
type client struct {
	http *http.Client
	url  string
	out  io.Writer
	err  error
}

func (c *client) call(ctx context.Context, method, path, body string) {
	if c.err != nil {
		return
	}
	c.err = c.try(ctx, method, path, body)
}

func (c *client) try(ctx context.Context, method, path, body string) error {
	req, err := http.NewRequestWithContext(ctx, method, c.url+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s %s: %d %s", method, path, resp.StatusCode, answer)
	return nil
}

// flakyDelivery returns a delivery that fails the first time.
func flakyDelivery() func([]order) error {
	failed := false
	return func([]order) error {
		if failed {
			return nil
		}
		failed = true
		return errors.New("no connection")
	}
}
