package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"
)

// A counter is a writer that counts the objects in the output of go vet
// -json, one for each package that has been checked.
type counter struct{ n atomic.Int64 }

func (c *counter) Write(data []byte) (int, error) {
	for line := range bytes.Lines(data) {
		// Inner objects are indented. The go command copies the output of a
		// package in one piece, so that no line is cut.
		if line[0] == '{' {
			c.n.Add(1)
		}
	}
	return len(data), nil
}

const (
	progressAfter = 2 * time.Second // of silence; a shorter run needs no news
	progressEvery = 500 * time.Millisecond
)

// showProgress keeps a line about a long run on w, if that is a terminal.
// The returned function removes it, and must be called.
func showProgress(w io.Writer, done *counter) (finish func()) {
	if !isTerminal(w) {
		return func() {}
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { progress(w, done, stop) })
	return func() {
		close(stop)
		wg.Wait()
	}
}

func progress(w io.Writer, done *counter, stop <-chan struct{}) {
	start := time.Now()
	select {
	case <-time.After(progressAfter):
	case <-stop:
		return
	}
	const clear = "\r\x1b[K"
	ticker := time.NewTicker(progressEvery)
	defer ticker.Stop()
	defer fmt.Fprint(w, clear)
	for {
		fmt.Fprintf(w, clear+"chanlint: %d packages checked, %.0fs", done.n.Load(), time.Since(start).Seconds())
		select {
		case <-ticker.C:
		case <-stop:
			return
		}
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
