// Package suppressed silences what would be reported, in every way there is.
package suppressed

type cursor struct{ n int }

func (c *cursor) Next() bool { return c.n > 0 }
func (c *cursor) Err() error { return failed }
func (c *cursor) Close()     {}

func query() *cursor { return &cursor{} }

func onLine() {
	c := query()
	for c.Next() { //chanlint:ignore lagignored it reads from memory
	}
}

func above() {
	c := query()
	//chanlint:ignore lagignored it reads from memory
	for c.Next() {
	}
}

//chanlint:ignore lagignored it reads from memory
func all() {
	c := query()
	for c.Next() {
	}
}

func golangci() {
	c := query()
	for c.Next() { //nolint:lagignored
	}
}

func staticcheck() {
	c := query()
	//lint:ignore chanlint it reads from memory
	for c.Next() {
	}
}

// failed is what has gone wrong.
var failed error
