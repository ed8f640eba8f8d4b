package near

import "runtime"

// A condition that is constant has one outcome.
func onOnePlatform(work func() error) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	if runtime.GOOS == "none" {
		if err := firstOf(errc); err != nil {
			return err
		}
	}
	return firstOf(errc)
}

func firstOf(errc chan error) error {
	select {
	case err := <-errc:
		return err
	}
}
