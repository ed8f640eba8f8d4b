package chans_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/chanlint/chanlint/runtime/chans"
	"github.com/chanlint/chanlint/runtime/mpsc"
)

// A named channel shows up in the registry while it is in use.
func ExampleNamed() {
	reg := new(chans.Registry)
	tx, rx := mpsc.New[string](4, chans.Named("jobs"), chans.In(reg))
	defer rx.Close()
	tx.TrySend("a")
	tx.TrySend("b")

	for _, s := range reg.Snapshot() {
		fmt.Println(s)
	}
	tx.Close()
	// Output:
	// mpsc jobs: 2/4 queued, 2 sent, 0 received
}

// Stats make one log attribute per field. Counters that are zero are left out.
func ExampleStats_LogValue() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	tx, _ := mpsc.New[string](1)
	tx.TrySend("a")
	tx.TrySend("b")
	log.Info("queue", "jobs", tx.Stats())
	// Output:
	// level=INFO msg=queue jobs.kind=mpsc jobs.len=1 jobs.cap=1 jobs.high_water=1 jobs.senders=1 jobs.receivers=1 jobs.sent=1 jobs.received=0 jobs.closed=false jobs.full=1
}

// The errors are the same for all primitives.
func ExampleErrClosed() {
	tx, rx := mpsc.New[string](4)
	tx.Close()
	_, err := rx.Recv(context.Background())
	fmt.Println(errors.Is(err, chans.ErrClosed), errors.Is(err, mpsc.ErrClosed))
	// Output:
	// true true
}

// No client library is needed to be scraped by Prometheus.
func ExampleRegistry_WritePrometheus() {
	reg := new(chans.Registry)
	tx, _ := mpsc.New[string](4, chans.Named("jobs"), chans.In(reg))
	tx.TrySend("a")

	var page strings.Builder
	if err := reg.WritePrometheus(&page); err != nil {
		fmt.Println(err)
	}
	tx.Close()
	for line := range strings.Lines(page.String()) {
		if strings.Contains(line, "chans_len") {
			fmt.Print(line)
		}
	}
	// Output:
	// # HELP chans_len Values queued.
	// # TYPE chans_len gauge
	// chans_len{name="jobs",kind="mpsc",index="0"} 1
}
