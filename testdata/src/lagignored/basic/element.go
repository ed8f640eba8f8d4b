package basic

import "errors"

func elementUnchecked() (n int, err error) {
	for a := range answers() {
		n += a.size // want `^a.size is used but a.err is never looked at, so an error or a gap passes for data; check it first$`
	}
	return n, nil
}

func elementChecked() (n int, err error) {
	for a := range answers() {
		if a.err != nil {
			return 0, a.err
		}
		n += a.size
	}
	return n, nil
}

func elementOfReceive() string {
	a := <-answers()
	return a.value // want `a.value is used but a.err is never looked at`
}

func elementOfReceiveWithOk() string {
	a, ok := <-answers()
	if !ok || a.err != nil {
		return ""
	}
	return a.value
}

func elementOfSelect(stop <-chan struct{}) int {
	for {
		select {
		case a := <-answers():
			use(a.value) // want `a.value is used but a.err is never looked at`
		case <-stop:
			return 0
		}
	}
}

// A response to a watch ends it, if Err is not nil.
//
//chanlint:lagsignal Err Canceled CompactRevision
type response struct {
	Events          []string
	Canceled        bool
	CompactRevision int64
}

func (r *response) Err() error {
	if r.Canceled {
		return errors.New("canceled")
	}
	return nil
}

func responses() <-chan response { return nil }

func responseUnchecked() error {
	for r := range responses() {
		for _, e := range r.Events { // want `r.Events is used but r.Err is never looked at`
			use(e)
		}
	}
	return nil
}

func responseChecked() error {
	for r := range responses() {
		if err := r.Err(); err != nil {
			return err
		}
		for _, e := range r.Events {
			use(e)
		}
	}
	return nil
}

func responseCanceled() int64 {
	for r := range responses() {
		if r.Canceled {
			return r.CompactRevision
		}
		use(r.Events)
	}
	return 0
}

// The wrapper forwards the events and forgets the error beside them.
func forwardUnchecked(out chan<- []string) {
	for r := range responses() {
		out <- r.Events // want `r.Events is used but r.Err is never looked at`
	}
}

type batch struct {
	events []string
	err    error
}

func forwardChecked(out chan<- batch) {
	for r := range responses() {
		out <- batch{r.Events, r.Err()}
	}
}

// A loop that looks now and then sees all of them.
type parcel struct {
	weight int
	err    error
}

func elementOfPoll(arrived chan parcel, rest func()) int {
	sum := 0
	for range 100 {
		select {
		case p := <-arrived:
			sum += p.weight // want `p.weight is used but p.err is never looked at`
		default:
			rest()
		}
	}
	return sum
}

// flight calls f, and sends what it returned.
func flight(name string, f func() (int, error)) <-chan answer { return answers() }

func elementOfFlight(load func() error) string {
	ch := flight("a", func() (int, error) {
		if err := load(); err != nil {
			return 0, err
		}
		return 1, nil
	})
	a := <-ch
	return a.value // want `a.value is used but a.err is never looked at`
}
