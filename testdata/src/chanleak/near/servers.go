package near

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// A server that is shut down returns an error that is not sent.
func serveUntilDone(ctx context.Context, srv *http.Server) error {
	errs := make(chan error)
	go func() {
		if err := srv.ListenAndServe(); err != nil && err != http.ErrServerClosed {
			errs <- err
		}
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return srv.Shutdown(late)
}

func serveUntil(ctx context.Context, srv *http.Server) error {
	defer srv.Close()
	errs := make(chan error)
	go func() {
		err := srv.ListenAndServe()
		if errors.Is(err, http.ErrServerClosed) {
			return
		}
		errs <- err
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return nil
	}
}

// Whether any of them is started is up to who knows what is configured.
func serveBoth(plain, secure string) error {
	errs := make(chan error, 1)
	if plain != "" {
		go func() { errs <- http.ListenAndServe(plain, nil) }()
	}
	if secure != "" {
		go func() { errs <- http.ListenAndServeTLS(secure, "", "", nil) }()
	}
	return <-errs
}
