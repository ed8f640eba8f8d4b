package basic

import "context"

func endUnchecked(ctx context.Context) ([]string, error) {
	c, err := query(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var rows []string
	for c.Next() { // want `^c.Next is used but c.Err is never checked, so an early end passes for the end of the data; check it then$`
		rows = append(rows, c.Row())
	}
	return rows, nil
}

func endChecked(ctx context.Context) ([]string, error) {
	c, err := query(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var rows []string
	for c.Next() {
		rows = append(rows, c.Row())
	}
	return rows, c.Err()
}

// The check is offered where the function has a way to report it only.
func endUncheckedWithoutResult(ctx context.Context) {
	c, _ := query(ctx)
	for c.Next() { // want `c.Next is used but c.Err is never checked`
		use(c.Row())
	}
}

func endUncheckedInLiteral(ctx context.Context) func() error {
	return func() error {
		c, err := query(ctx)
		if err != nil {
			return err
		}
		for c.Next() { // want `c.Next is used but c.Err is never checked`
			use(c.Row())
		}
		return nil
	}
}

func endUncheckedInInnerLoop(ctx context.Context) (n int, ok bool, err error) {
	for range 3 {
		c, err := query(ctx)
		if err != nil {
			return 0, false, err
		}
		for c.Next() { // want `c.Next is used but c.Err is never checked`
			n++
		}
	}
	return n, true, nil
}

// Passing it on inside the package hides nothing.
func endUncheckedInHelper(ctx context.Context) error {
	c, err := query(ctx)
	if err != nil {
		return err
	}
	drain(c)
	return nil
}

func drain(rows *cursor) {
	for rows.Next() { // want `rows.Next is used but rows.Err is never checked`
		use(rows.Row())
	}
}

func endCheckedByCaller(ctx context.Context) error {
	c, err := query(ctx)
	if err != nil {
		return err
	}
	drainChecked(c)
	return c.Err()
}

func drainChecked(rows *cursor) {
	for rows.Next() {
		use(rows.Row())
	}
}

// A reader keeps its cursor in a field.
type reader struct {
	in *cursor
	n  int
}

func newReader(ctx context.Context) (*reader, error) {
	c, err := query(ctx)
	if err != nil {
		return nil, err
	}
	return &reader{in: c}, nil
}

func (r *reader) count() int {
	for r.in.Next() { // want `r.in.Next is used but r.in.Err is never checked`
		r.n++
	}
	return r.n
}

// A checkedReader does as well, and looks.
type checkedReader struct {
	in *cursor
	n  int
}

func (r *checkedReader) open(ctx context.Context) (err error) {
	r.in, err = query(ctx)
	return err
}

func (r *checkedReader) count() int {
	for r.in.Next() {
		r.n++
	}
	return r.n
}

func (r *checkedReader) failed() bool { return r.in.Err() != nil }

func eventsUnchecked() {
	sub := subscribe()
	defer sub.Unsubscribe()
	for e := range sub.Events() { // want `sub.Events is used but sub.Err is never checked`
		use(e)
	}
}

func eventsChecked() error {
	sub := subscribe()
	defer sub.Unsubscribe()
	for e := range sub.Events() {
		use(e)
	}
	return sub.Err()
}

func eventsInSelect(ctx context.Context) {
	sub := subscribe()
	go func(s subscription) {
		for {
			select {
			case e := <-s.Events(): // want `s.Events is used but s.Err is never checked`
				use(e)
			case <-ctx.Done():
				return
			}
		}
	}(sub)
}

// A series comes from anywhere.
type series interface {
	Next() bool
	At() int
	Err() error
}

func selected() series { return nil }

func sumUnchecked() (sum int, err error) {
	s := selected()
	for s.Next() { // want `s.Next is used but s.Err is never checked`
		sum += s.At()
	}
	return sum, nil
}

func sumChecked() (sum int, err error) {
	s := selected()
	for s.Next() {
		sum += s.At()
	}
	return sum, s.Err()
}
