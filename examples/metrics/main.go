// Metrics shows what the channels of a program know about themselves: on a page
// for Prometheus, among the variables of package expvar, and in the log. None
// needs a client library, and none costs anything until somebody looks.
package main

import (
	"context"
	"errors"
	"expvar"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/mpsc"
)

// Channels with a name are listed here; without [chans.In] it would be
// [chans.Default].
var channels = new(chans.Registry)

func init() { expvar.Publish("channels", channels) } // once in a program

// pages serves the metrics in two formats.
func pages() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /debug/vars", expvar.Handler())
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		channels.WritePrometheus(w) // fails only if the client has gone
	})
	return mux
}

// use fills a queue, refuses what has no room, and leaves a listener behind.
func use() (stop func()) {
	orders, work := mpsc.New[int](4, chans.Named("orders"), chans.In(channels))
	for n := range 6 {
		_ = orders.TrySend(n) // the last two are refused, and counted
	}
	_, _ = work.TryRecv()

	events, listener := broadcast.New[int](2, chans.Named("events"), chans.In(channels))
	for n := range 5 {
		events.Send(n)
	}
	if _, err := listener.TryRecv(); errors.Is(err, broadcast.ErrLagged) {
		fmt.Println("listener:", err)
	}
	return func() {
		orders.Close()
		work.Close()
		events.Close()
		listener.Close()
	}
}

// get returns the lines of a page that have one of some words in them.
func get(ctx context.Context, client *http.Client, url string, words ...string) (lines []string, err error) {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(page)) {
		for _, word := range words {
			if strings.Contains(line, word) {
				lines = append(lines, strings.TrimSpace(line))
				break
			}
		}
	}
	return lines, nil
}

func run(ctx context.Context) error {
	defer use()()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: pages(), ReadHeaderTimeout: time.Second}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()

	transport := new(http.Transport)
	client := &http.Client{Transport: transport}
	url := "http://" + ln.Addr().String()
	metrics, err := get(ctx, client, url+"/metrics", "chans_len{", "chans_full_total{", "chans_missed_total{")
	if err == nil {
		fmt.Println(strings.Join(metrics, "\n"))
		metrics, err = get(ctx, client, url+"/debug/vars", `"channels"`)
		fmt.Println("expvar:", len(metrics) == 1)
	}
	transport.CloseIdleConnections()
	report(os.Stdout)
	err = errors.Join(err, srv.Shutdown(ctx))
	if served := <-served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// report logs every channel, one group each.
func report(out io.Writer) {
	logger := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	for _, s := range channels.Snapshot() {
		logger.Info("channel", "stats", s)
	}
}

// withoutTime makes the output always the same.
func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}
