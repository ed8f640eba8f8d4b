package loops

import (
	"io"
	"sync"
)

// stream has room for an error of each goroutine, but the first may have several.
// Who then waits for the others is stuck by that, and so is who calls stream: that
// is one report.
func stream(in func() (int, error), r io.Reader) <-chan error {
	errCh := make(chan error, 3)
	go func() {
		for {
			n, err := in()
			if err != nil {
				errCh <- err // want `this send on errCh blocks for ever once stream returns`
				return
			}
			if n > 7 {
				errCh <- io.EOF
			}
		}
	}()
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		for {
			if _, err := r.Read(nil); err != nil {
				errCh <- err
				break
			}
		}
	}()
	go func() {
		defer wg.Done()
		for {
			if _, err := r.Read(nil); err != nil {
				errCh <- err
				break
			}
		}
	}()
	done := make(chan error, 1)
	go func() {
		wg.Wait()
		select {
		case err := <-errCh:
			done <- err
		default:
		}
		close(done)
	}()
	return done
}

func exec(in func() (int, error), r io.Reader) error {
	done := stream(in, r)
	return <-done
}
