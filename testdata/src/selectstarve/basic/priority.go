package basic

// By name.

type lanes struct {
	highJobs, lowJobs chan int
	quit              chan bool
}

func (l *lanes) byName() {
	for {
		select {
		case v := <-l.highJobs: // want `^l.highJobs goes first by its name, but select chooses among what is ready at random; look at l.highJobs first$`
			handle(v)
		case v := <-l.lowJobs:
			handle(v)
		case <-l.quit:
			return
		}
	}
}

func (l *lanes) byNameFixed() {
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
		case <-l.quit:
			return
		}
	}
}

// By a comment.

func byComment(updates, removals <-chan int) {
	for {
		select {
		// Removals take precedence.
		case v := <-removals: // want `removals goes first by the comment`
			handle(v)
		case v := <-updates:
			handle(v)
		}
	}
}

func byCommentAbove(updates, removals <-chan int) {
	for {
		// Process removals with priority.
		select {
		case v := <-removals: // want `removals goes first by the comment`
			handle(v)
		case v := <-updates:
			handle(v)
		}
	}
}

// By a directive.

//chanlint:priority orders > audits
func byDirective(orders, audits <-chan int) {
	for {
		select {
		case v := <-audits:
			handle(v)
		case v := <-orders: // want `orders goes first by the directive`
			handle(v)
		}
	}
}
