package loops

import (
	"context"
	"net/http"
)

// Nobody shuts the server down.
func serve(ctx context.Context, srv *http.Server) error {
	errs := make(chan error)
	go func() {
		if err := srv.ListenAndServe(); err != http.ErrServerClosed {
			errs <- err // want `this send on errs blocks for ever once serve leaves \(line \d+\); make errs with capacity 1`
		}
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return nil
	}
}

// It is shut down, and its error sent.
func serveAll(ctx context.Context, srv *http.Server) error {
	defer srv.Close()
	errs := make(chan error)
	go func() {
		errs <- srv.ListenAndServe() // want `this send on errs blocks for ever once serveAll leaves \(line \d+\); make errs with capacity 1`
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return nil
	}
}

// One address, which may be empty.
func serveOne(addr string) error {
	errs := make(chan error, 1)
	if addr != "" {
		go func() { errs <- http.ListenAndServe(addr, nil) }()
	}
	return <-errs // want `this receive from errs can block for ever, because nobody is left to end it; close errs on every path`
}
