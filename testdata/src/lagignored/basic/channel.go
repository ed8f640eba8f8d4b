package basic

func tail(name string) (<-chan string, <-chan error) { return nil, nil }

func follow(name string) (lines <-chan string, errs chan error, err error) { return nil, nil, nil }

func errorsBlank() {
	lines, _ := tail("log") // want `^the channel of errors that tail returns is discarded, so a broken stream looks like a quiet one; receive from both$`
	for line := range lines {
		use(line)
	}
}

func errorsReceived() error {
	lines, errs := tail("log")
	for {
		select {
		case line := <-lines:
			use(line)
		case err := <-errs:
			return err
		}
	}
}

func errorsBlankOfThree() error {
	lines, _, err := follow("log") // want `the channel of errors that follow returns is discarded`
	if err != nil {
		return err
	}
	use(<-lines)
	return nil
}

func errorsBlankInVar() {
	var lines, _ = tail("log") // want `the channel of errors that tail returns is discarded`
	use(<-lines)
}

// A watcher tells of overflows on its channel of errors.
//
//chanlint:lagsignal errors
type watcher struct {
	events chan string
	errors chan error
}

func (w *watcher) Events() <-chan string { return w.events }

func watch() (*watcher, error) { return &watcher{}, nil }

func errorsNotReceived() error {
	w, err := watch()
	if err != nil {
		return err
	}
	for e := range w.Events() { // want `w.Events is used but nobody receives from w.errors, which tells of errors and losses; receive from both`
		use(e)
	}
	return nil
}

func bothReceived() error {
	w, err := watch()
	if err != nil {
		return err
	}
	for {
		select {
		case e := <-w.Events():
			use(e)
		case err := <-w.errors:
			return err
		}
	}
}
