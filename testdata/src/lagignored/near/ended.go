package near

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"iter"
)

// "_ =" says that it is meant.
func optedOut() {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	_ = c.Err()
}

func optedOutOfAll() {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	_ = c
}

// The caller may look.
func returned() *cursor {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	return c
}

// Whoever it is passed to may look.
func passedOut(check func(any)) {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	check(c)
}

// The caller has it too.
func Parameter(c *cursor) {
	for c.Next() {
		use(c.Row())
	}
}

// Those who call the value may look.
func usedAsValue() {
	use(parameterOfValue)
}

func parameterOfValue(c *cursor) {
	for c.Next() {
		use(c.Row())
	}
}

func literalParameter() {
	each(func(c *cursor) {
		for c.Next() {
			use(c.Row())
		}
	})
}

func each(f func(*cursor)) {
	c := query()
	f(c)
	use(c.Err())
}

// Its owner may look.
type Exported struct{ In *cursor }

func (e *Exported) read() {
	e.In = query()
	for e.In.Next() {
		use(e.In.Row())
	}
}

// An embedded field is used without a name.
type embedded struct{ *cursor }

func (e *embedded) open() { e.cursor = query() }

func (e *embedded) read() error {
	for e.cursor.Next() {
		use(e.Row())
	}
	return e.Err()
}

// One look of several is enough, whichever came first.
func lookedAtBefore() {
	c := query()
	if c.Err() != nil {
		return
	}
	for c.Next() {
		use(c.Row())
	}
}

func lookedAtInDefer() (err error) {
	c := query()
	defer func() { err = c.Err() }()
	for c.Next() {
		use(c.Row())
	}
	return nil
}

func methodValue() func() error {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	return c.Err
}

// The result of Close is looked at, and may be the same error.
func closeChecked() error {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	return c.Close()
}

// One value, not a loop: that there is none says as much.
func firstOnly() string {
	c := query()
	if c.Next() {
		return c.Row()
	}
	return ""
}

// A loop around the cursor, not over it.
func oneEach() {
	for range 3 {
		c := query()
		if c.Next() {
			use(c.Row())
		}
	}
}

// It comes from somebody who may look.
func ofMap(all map[string]*cursor) {
	c := all["a"]
	for c.Next() {
		use(c.Row())
	}
}

func ofInterface(v any) {
	c := v.(*cursor)
	for c.Next() {
		use(c.Row())
	}
}

func keptInMap(all map[string]*cursor) {
	c := query()
	all["a"] = c
	for c.Next() {
		use(c.Row())
	}
}

func sent(out chan<- *cursor) {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	out <- c
}

// vet looks after these.
func scanned(r io.Reader) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		use(s.Text())
	}
}

func scannedRows(db *sql.DB) {
	rows, err := db.Query("select 1")
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		use(rows)
	}
}

// A context has an error and a channel, but the channel carries nothing.
func contextDone(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return
		default:
			use("work")
		}
	}
}

type worker interface {
	Done() <-chan struct{}
	Err() error
}

func start() worker { return nil }

func workerDone() {
	w := start()
	<-w.Done()
}

// An iterator without an error.
func pulled(seq iter.Seq[int]) {
	next, stop := iter.Pull(seq)
	defer stop()
	for v, ok := next(); ok; v, ok = next() {
		use(v)
	}
}

func subscriptionStored() {
	sub, err := subscribe(context.Background())
	if err != nil {
		return
	}
	stored := &keeper{sub: sub}
	go stored.run()
}

type keeper struct{ sub subscription }

func (k *keeper) run() {
	for {
		e, ok := <-k.sub.Events()
		if !ok {
			use(k.sub.Err())
			return
		}
		use(e)
	}
}

// Nothing is read.
func notRead(ctx context.Context) {
	sub, err := subscribe(ctx)
	use(err)
	if sub == nil {
		return
	}
}

// The accessor returns what others look at.
func (k *keeper) source() subscription { return k.sub }

func throughAccessor(k *keeper) {
	for e := range k.source().Events() {
		use(e)
	}
}

// It reports the error of a type that implements an interface of its own.
func (c *cursor) all() (rows []string) {
	for c.Next() {
		rows = append(rows, c.Row())
	}
	return rows
}

// It holds nothing that could fail.
type inMemory struct{ n int }

func (m *inMemory) Next() bool { return m.n > 0 }
func (m *inMemory) Err() error { return nil }

func items() *inMemory { return &inMemory{} }

func readFromMemory() {
	m := items()
	for m.Next() {
		use(m)
	}
}

// A service has an error for those who run it.
type service interface {
	Requests() <-chan string
	Error() error
}

func serve() service { return nil }

func requests() {
	s := serve()
	for r := range s.Requests() {
		use(r)
	}
}

// A comment next to the loop gives the reason.
func explained() {
	c := query()
	for c.Next() {
		use(c.Row())
	}
	// Up to the damage, where c.Err has to be.
	use("repaired")
}

// A frozen list is to be closed, as others are, and has no errors.
type frozen struct{ n int }

func (f *frozen) Next() bool   { f.n--; return f.n > 0 }
func (f *frozen) Error() error { return nil }
func (f *frozen) Close() error { return nil }

func sumFrozen() (sum int) {
	f := &frozen{9}
	for f.Next() {
		sum += f.n
	}
	return sum
}

// A printer is sent to.
type printer interface {
	Status() chan string
	Done() <-chan struct{}
	Err() error
}

func print(p printer, lines []string) {
	for _, line := range lines {
		p.Status() <- line
	}
	close(p.Status())
}
