// Server is a small service over HTTP, made of the packages under runtime. It
// counts words: jobs wait in a queue with a bound, and clients are told with 503
// when that is full; workers take them; a journal keeps the results; a page
// shows the channels; and told to stop, it finishes what it has accepted.
//
//	go run ./examples/server
//	go run ./examples/server -listen 127.0.0.1:8080
//
// Without an address it puts itself under load for a moment, stops, and looks
// whether anything was lost.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	listen := flag.String("listen", "", "serve at this `address`, and write the journal to standard output")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected argument %q", flag.Arg(0))
	}
	ctx := context.Background()
	run := demo
	if *listen != "" {
		run = func(ctx context.Context, out io.Writer) error { return serve(ctx, *listen, out) }
	}
	if err := run(ctx, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// count counts words, as slowly as if they were on a disk.
func count(ctx context.Context, text string) (int, error) {
	select {
	case <-time.After(time.Millisecond):
		return len(strings.Fields(text)), nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// begin starts a service and its listener. At the end of its intake the queue is
// closed, and so the service ends.
func begin(c config, addr string) (*service, string, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, "", err
	}
	s, err := newService(c)
	if err == nil {
		err = s.group.Intake("http", func(ctx context.Context) error { return s.serve(ctx, ln) })
	}
	if err != nil {
		return nil, "", errors.Join(err, ln.Close())
	}
	return s, ln.Addr().String(), nil
}

// serve runs a service until it is interrupted.
func serve(ctx context.Context, addr string, journal io.Writer) error {
	s, addr, err := begin(config{queue: 64, workers: 4, work: count, journal: journal}, addr)
	if err != nil {
		return err
	}
	log.Printf("listening on http://%s", addr)
	report := s.group.Run(ctx, os.Interrupt, syscall.SIGTERM)
	log.Print(report)
	return report.Err()
}

// demo puts a service under load, stops it meanwhile, and says what became of
// the jobs.
func demo(ctx context.Context, out io.Writer) error {
	var journal bytes.Buffer
	s, addr, err := begin(config{queue: 8, workers: 2, work: count, journal: &journal}, "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	t := newTally(func(accepted, refused int) bool { return accepted >= 500 && refused >= 50 })
	over := make(chan struct{})
	go func() {
		defer close(over)
		load(ctx, "http://"+addr, 16, t)
	}()
	go func() {
		select {
		case <-t.loaded:
		case <-ctx.Done():
		}
		s.group.Stop(errors.New("enough"))
	}()
	report := s.group.Run(ctx, os.Interrupt, syscall.SIGTERM)
	<-over

	kept := bytes.Count(journal.Bytes(), []byte("\n"))
	fmt.Fprint(out, report)
	fmt.Fprintln(out, s.jobs.Stats())
	fmt.Fprintf(out, "%d jobs accepted, %d refused with 503, %d in the journal\n", len(t.accepted), t.refused, kept)
	fmt.Fprintln(out, "lost:", max(0, len(t.accepted)-kept))
	return errors.Join(append(t.errs, report.Err())...)
}
