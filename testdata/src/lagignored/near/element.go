package near

// All of it is given to somebody who may look.
func wholePassed() {
	for a := range answers() {
		use(a.value)
		use(a)
	}
}

func wholeSent(out chan<- answer) {
	for a := range answers() {
		use(a.value)
		out <- a
	}
}

func wholeKept() (all []answer) {
	for a := range answers() {
		use(a.value)
		all = append(all, a)
	}
	return all
}

// The method may look.
func byMethod() {
	for a := range answers() {
		use(a.text())
		use(a.value)
	}
}

// Not received: who made it knows.
func made() string {
	a := answer{value: "a"}
	return a.value
}

func called() string {
	a := makeAnswer()
	return a.value
}

func makeAnswer() answer { return answer{} }

func ranged(all []answer) {
	for _, a := range all {
		use(a.value)
	}
}

// Just how many.
func counted() (n int) {
	for range answers() {
		n++
	}
	return n
}

// Looked at in the other case.
func looked() {
	select {
	case a := <-answers():
		if a.err == nil {
			use(a.value)
		}
	default:
	}
}

// Assigned first and looked at in a literal.
func lookedInLiteral() {
	a := <-answers()
	defer func() { use(a.err) }()
	use(a.value)
}

// The caller of the helper looks.
func lookedByCaller() {
	a := <-answers()
	if a.err != nil {
		return
	}
	show(a)
}

func show(a answer) { use(a.value) }

// It is filled here, and sent.
func filled(out chan<- answer) {
	var a answer
	a.value = "a"
	out <- a
}

// A struct whose Err is no error.
type reading struct {
	Value float64
	Err   float64
}

func readings() <-chan reading { return nil }

func tolerance() {
	for r := range readings() {
		use(r.Value)
	}
}

// The kind says as much as the error.
type event struct {
	Kind int
	Name string
	Err  error
}

func events() <-chan event { return nil }

func byKind() {
	for e := range events() {
		if e.Kind == 1 {
			use(e.Name)
		}
	}
}

// So does a bool.
type health struct {
	host   string
	online bool
	err    error
}

func healthy(in <-chan health) (hosts []string) {
	for h := range in {
		if h.online {
			hosts = append(hosts, h.host)
		}
	}
	return hosts
}

// A record of what happened, not the value or an error.
type record struct {
	name, owner, host string
	count, size       int
	err               error
}

func total(in <-chan record) (n int) {
	for r := range in {
		n += r.size
	}
	return n
}

// There is a value if there is no error.
func closed(in <-chan opened) {
	o := <-in
	if o.file != nil {
		o.file.Close()
	}
}

type opened struct {
	file *cursor
	err  error
}

// Just an error, with nothing to mistake for data.
type failure struct{ err error }

func failures(in <-chan failure) {
	for f := range in {
		use(f)
	}
}

// What is left when nobody asks for it any more is given back.
type loan struct {
	book *int
	err  error
}

func (s *shelf) cancel(asked chan loan) {
	select {
	case l := <-asked:
		s.giveBack(l.book)
	default:
	}
}

type shelf struct{ books []*int }

func (s *shelf) giveBack(b *int) {
	if b != nil {
		s.books = append(s.books, b)
	}
}

// flight calls f, and sends what it returned.
func flight(name string, f func() (int, error)) <-chan answer { return answers() }

// Neither of them fails.
func cannotFail(stop <-chan struct{}) string {
	ch := flight("a", func() (int, error) { return 1, nil })
	select {
	case a := <-ch:
		return a.value
	case <-stop:
		return ""
	}
}

// A refusal is an error itself, with more to say: nil is what tells.
type refusal struct {
	error
	line int
}

func firstRefusal(refusals <-chan *refusal) int {
	for r := range refusals {
		if r != nil {
			return r.line
		}
	}
	return 0
}
