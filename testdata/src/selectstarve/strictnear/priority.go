package strictnear

type lanes struct {
	highJobs, lowJobs chan int
	highWater         chan int
	lowBattery        chan int
	priority, normal  chan int
}

// The high channel is looked at first.
func (l *lanes) first() {
	for {
		select {
		case v := <-l.highJobs:
			handle(v)
			continue
		default:
		}
		select {
		case v := <-l.highJobs:
			handle(v)
		case v := <-l.lowJobs:
			handle(v)
		}
	}
}

// The low case looks at the high channel first.
func (l *lanes) recheck() {
	for {
		select {
		case v := <-l.highJobs:
			handle(v)
		case v := <-l.lowJobs:
			select {
			case w := <-l.highJobs:
				handle(w)
			default:
			}
			handle(v)
		}
	}
}

// The length is asked for.
func (l *lanes) length() {
	for {
		select {
		case v := <-l.priority:
			handle(v)
		case v := <-l.normal:
			for len(l.priority) > 0 {
				handle(<-l.priority)
			}
			handle(v)
		}
	}
}

// These are no lanes of one road.
func (l *lanes) unrelated() {
	for {
		select {
		case v := <-l.highWater:
			handle(v)
		case v := <-l.lowBattery:
			handle(v)
		}
	}
}

// The low case ends the loop.
func (l *lanes) ends() {
	for {
		select {
		case v := <-l.highJobs:
			handle(v)
		case <-l.lowJobs:
			return
		}
	}
}

// Once, there is nothing to starve.
func (l *lanes) once() {
	select {
	case v := <-l.highJobs:
		handle(v)
	case v := <-l.lowJobs:
		handle(v)
	}
}

// The comment says the opposite.
func disclaims(a, b <-chan int) {
	for {
		select {
		// There is no priority between the two.
		case v := <-a:
			handle(v)
		case v := <-b:
			handle(v)
		}
	}
}

// Comments about other things.
func about(a, b <-chan int) {
	for {
		// The job has its priority from whoever sent it.
		select {
		case v := <-a:
			handle(v)
		case v := <-b:
			// Compute the priority of the task.
			handle(v)
		}
	}
}

// The comment belongs to the case that ends there.
func belongs(a, b <-chan int) {
	for {
		select {
		case v := <-a:
			handle(v)
			// From here on the task has priority.
		case v := <-b:
			handle(v)
		}
	}
}

// Another function than the directive is for.

//chanlint:priority x > y
func directed(x, y <-chan int) {
	for {
		select {
		case v := <-x:
			handle(v)
			continue
		default:
		}
		select {
		case v := <-x:
			handle(v)
		case v := <-y:
			handle(v)
		}
	}
}

func undirected(x, y <-chan int) {
	for {
		select {
		case v := <-x:
			handle(v)
		case v := <-y:
			handle(v)
		}
	}
}

// A low case that takes along what the other channel has.
func takesAlong(states, pickers <-chan int) {
	for {
		v := <-pickers
		select {
		case s := <-states:
			v += s
		default:
		}
		handle(v)
	}
}

// The wait has an end, after which the high channel is looked at again.
func bounded(urgent, rest <-chan int, tick <-chan int) {
	for {
		select {
		case v := <-urgent:
			handle(v)
		default:
			select {
			case v := <-rest:
				handle(v)
			case v := <-urgent:
				handle(v)
			}
		}
	}
}

type buffers interface{ acquire() <-chan []byte }

// What is waited for is the same channel, behind a call.
func again(b buffers, grow func() error, use func([]byte)) error {
	for {
		var buf []byte
		select {
		case buf = <-b.acquire():
		default:
			if err := grow(); err != nil {
				return err
			}
			buf = <-b.acquire()
		}
		use(buf)
	}
}

// The wait of the default case has the channel; the one behind is for room.
func stages(work, done chan int, flush <-chan bool, stop <-chan bool, write func(int)) {
	for {
		var v int
		select {
		case v = <-work:
		default:
			select {
			case v = <-work:
			case <-stop:
				return
			}
		}
		write(v)
	again:
		select {
		case done <- v:
		case <-flush:
			goto again
		}
	}
}
