package near

import "sync"

// An account's lock is taken together with the lock of another account.
type account struct {
	mu      sync.Mutex
	id      int
	balance int
	parent  *account
	next    *account
}

// The two locks are of two accounts: the same field through two variables of
// one type is not the same lock.
func lockTwo(from, to *account, amount int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= amount
	to.balance += amount
}

func (a *account) deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

// The method locks the account it is called on, which is the other one.
func (a *account) callOther(to *account, amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= amount
	to.deposit(amount)
}

// A parent is not its child.
func (a *account) callParent(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	if a.parent != nil {
		a.parent.deposit(amount)
	}
}

// Hand over hand, the next account is locked before this one is unlocked; the
// variable is the same, the account is not.
func handOverHand(a *account) (sum int) {
	a.mu.Lock()
	for a.next != nil {
		next := a.next
		next.mu.Lock()
		a.mu.Unlock()
		a = next
		sum += a.balance
	}
	a.mu.Unlock()
	return sum
}

// Each element of the slice is locked once.
func lockAll(accounts []*account) {
	for _, a := range accounts {
		a.mu.Lock()
	}
	for _, a := range accounts {
		a.mu.Unlock()
	}
}

// The recursion locks a parent, not the account that is locked already.
func (a *account) recurseToParent(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	if a.parent != nil {
		a.parent.recurseToParent(amount)
	}
}

// The recursion locks the same account, but after the unlock.
func (a *account) recurseAfterUnlock(n int) {
	a.mu.Lock()
	a.balance += n
	a.mu.Unlock()
	if n > 0 {
		a.recurseAfterUnlock(n - 1)
	}
}

// A line has one lock for its ends and one for its middle.
type line struct {
	ends   sync.Mutex
	middle sync.Mutex
	wg     sync.WaitGroup
	length int
}

func (l *line) start() {
	l.wg.Add(1)
	go func() {
		defer l.wg.Done()
		l.middle.Lock()
		l.length++
		l.middle.Unlock()
	}()
}

// The goroutine waited for takes the other lock, and nobody contends for this
// one.
func (l *line) waitUnderOtherLock() {
	l.ends.Lock()
	defer l.ends.Unlock()
	l.wg.Wait()
}

// A shelf has a lock and so has the box on it; both are embedded.
type shelf struct {
	sync.Mutex
	box crate
}

type crate struct {
	sync.Mutex
	weight int
}

// A lock over another one is an order, not a deadlock.
func (s *shelf) lockBoth() int {
	s.Lock()
	defer s.Unlock()
	s.box.Lock()
	defer s.box.Unlock()
	return s.box.weight
}

// Two Lockers may be the two sides of one lock or two locks; nothing says that
// they are one.
func lockPair(a, b sync.Locker) {
	a.Lock()
	defer a.Unlock()
	b.Lock()
	defer b.Unlock()
}

// The mutex is local and nobody else can see it.
func localLock(out chan<- int) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	out <- 1
}

// The loop that a beater starts needs the lock, but only after it has received for
// the first time.
type beater struct {
	mu    sync.Mutex
	beats int
}

func (b *beater) start(stop <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	wake := make(chan string)
	run(func() {
		for {
			select {
			case <-wake:
				b.beat()
			case <-stop:
				return
			}
		}
	})
	wake <- "first"
	run(func() { wake <- "second" })
}

func (b *beater) beat() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.beats++
}

func run(f func()) { go f() }

// The same in a literal, of a function with more blocks than the literal has.
func (b *beater) startSome(names []string, stop <-chan struct{}) {
	for _, name := range names {
		if name == "" {
			continue
		}
		run(func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			wake := make(chan string)
			run(func() {
				for range wake {
					b.beat()
				}
			})
			wake <- name
			run(func() { wake <- "last" })
		})
	}
	if len(names) > 3 {
		run(func() { <-stop })
	}
}
