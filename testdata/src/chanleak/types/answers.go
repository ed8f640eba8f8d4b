package types

// Who has been heard gets an answer, and nobody else takes it.
type Writer struct {
	lines  chan string
	errs   chan error
	closed chan struct{}
	write  func(string) error
}

func NewWriter(write func(string) error) *Writer {
	w := &Writer{lines: make(chan string), errs: make(chan error), closed: make(chan struct{}), write: write}
	go w.run()
	return w
}

func (w *Writer) run() {
	for {
		select {
		case line := <-w.lines:
			w.errs <- w.write(line)
		case <-w.closed:
			return
		}
	}
}

func (w *Writer) Close() { close(w.closed) }

func (w *Writer) Write(line string) error {
	select {
	case w.lines <- line:
		return <-w.errs
	case <-w.closed:
		return nil
	}
}

// A HastyWriter may go without an answer.
type HastyWriter struct {
	lines  chan string
	errs   chan error
	closed chan struct{}
	write  func(string) error
}

func NewHastyWriter(write func(string) error) *HastyWriter {
	w := &HastyWriter{lines: make(chan string), errs: make(chan error), closed: make(chan struct{}), write: write}
	go w.run()
	return w
}

func (w *HastyWriter) run() {
	for {
		select {
		case line := <-w.lines:
			err := w.write(line)
			if err != nil {
				return
			}
			w.errs <- err
		case <-w.closed:
			return
		}
	}
}

func (w *HastyWriter) Close() { close(w.closed) }

func (w *HastyWriter) Write(line string) error {
	select {
	case w.lines <- line:
		return <-w.errs // want `this receive from w\.errs blocks for ever`
	case <-w.closed:
		return nil
	}
}
