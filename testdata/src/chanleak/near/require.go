package near

import (
	"time"

	"github.com/stretchr/testify/require"
)

// What is left behind here ends with a test.
func waitFor(t require.TestingT, get func() error) {
	errs := make(chan error)
	go func() { errs <- get() }()
	select {
	case err := <-errs:
		require.NoError(t, err)
	case <-time.After(time.Second):
		t.FailNow()
	}
}
