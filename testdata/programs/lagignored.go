package programs

import "errors"

var errGap = errors.New("gap")

// A cursor ends early if something is missing.
type cursor struct {
	rows []int
	row  int
	err  error
}

func (c *cursor) Next() bool {
	if len(c.rows) == 0 {
		return false
	}
	c.row, c.rows = c.rows[0], c.rows[1:]
	if c.row < 0 {
		c.err = errGap
		return false
	}
	return true
}

func (c *cursor) Row() int     { return c.row }
func (c *cursor) Err() error   { return c.err }
func (c *cursor) Close() error { return nil }

func query(rows []int) (*cursor, error) { return &cursor{rows: rows}, nil }

func sum(rows []int) (int, error) {
	c, err := query(rows)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	n := 0
	for c.Next() {
		n += c.Row()
	}
	return n, nil
}

type reading struct {
	value int
	err   error
}

func readings(values []int) <-chan reading {
	out := make(chan reading, len(values))
	defer close(out)
	for _, v := range values {
		if v < 0 {
			out <- reading{err: errGap}
		} else {
			out <- reading{value: v}
		}
	}
	return out
}

func total(values []int) (n int, err error) {
	for r := range readings(values) {
		n += r.value
	}
	return n, nil
}
