// Package caller returns channels to callers in other packages, who may stop
// receiving.
package caller

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"path/filepath"
)

func work() (int, error) { return 0, nil }

// Lines sends the lines of r.
func Lines(r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			lines <- s.Text() // want `^this send on lines blocks for ever once the caller of Lines stops receiving; send in a select with a stop case$`
		}
	}()
	return lines
}

// LinesUntil is right.
func LinesUntil(ctx context.Context, r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// LinesOf says what callers have to do.
//
// The channel has to be drained.
func LinesOf(r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return lines
}

// Ask has one answer, or an error.
func Ask() (<-chan int, <-chan error) {
	answer := make(chan int)
	errs := make(chan error, 1)
	go func() {
		n, err := work()
		if err != nil {
			errs <- err
			return
		}
		answer <- n // want `^this send on answer blocks for ever once the caller of Ask stops receiving; make answer with capacity 1$`
	}()
	return answer, errs
}

// AskRoom is right.
func AskRoom() (<-chan int, <-chan error) {
	answer := make(chan int, 1)
	errs := make(chan error, 1)
	go func() {
		n, err := work()
		if err != nil {
			errs <- err
			return
		}
		answer <- n
	}()
	return answer, errs
}

// A Tree is walked by a method, whose goroutine has a name, and sends in a
// function that it passes on.
type Tree struct{ root string }

func (t *Tree) Files() chan string {
	files := make(chan string, 8)
	go t.walk(files)
	return files
}

func (t *Tree) walk(files chan<- string) {
	defer close(files)
	_ = filepath.WalkDir(t.root, func(path string, _ fs.DirEntry, err error) error {
		files <- path // want `this send on files blocks for ever once the caller of Files stops receiving; send in a select with a stop case`
		return err
	})
}

// What is not exported has callers that are known.
func lines(r io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return lines
}

func Count(r io.Reader) (n int) {
	for range lines(r) {
		n++
	}
	return n
}

// A Feed is kept, and others may receive.
type Feed struct{ items chan int }

func (f *Feed) Items() <-chan int {
	f.items = make(chan int)
	go func() {
		for i := range 10 {
			f.items <- i
		}
	}()
	return f.items
}

// Drained is received from by the package itself as well.
func Drained(ctx context.Context) <-chan int {
	items := make(chan int)
	go func() {
		defer close(items)
		for i := range 10 {
			items <- i
		}
	}()
	go func() {
		<-ctx.Done()
		for range items {
		}
	}()
	return items
}

// Few has room for all that is sent.
func Few() <-chan int {
	few := make(chan int, 2)
	go func() {
		few <- 1
		few <- 2
		close(few)
	}()
	return few
}
