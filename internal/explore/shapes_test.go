package explore

// The shapes that real programs had to fix, each with its fixed twin. A stuck
// one says where: the text of the lines on which goroutines are stuck for ever.
var shapes = []struct {
	name  string
	stuck []string
	src   string
}{
	{"result raced with timeout", []string{"send c"}, `
		chan c
		timer t
		proc main start
			go worker
			select recv c ; recv t
		proc worker
			send c`},
	{"result raced with timeout, room for it", nil, `
		chan c 1
		timer t
		proc main start
			go worker
			select recv c ; recv t
		proc worker
			send c`},
	{"result raced with context", []string{"send c"}, `
		chan c
		context x env
		proc main start
			go worker
			select recv c ; recv x
		proc worker
			send c`},
	{"both sides watch the context", nil, `
		chan c
		context x
		proc main start
			go worker
			branch wait leave
		wait:
			recv c
		leave:
			cancel x
		proc worker
			select send c ; recv x`},
	{"waits unconditionally after the timeout", nil, `
		chan c
		timer t
		proc main start
			go worker
			select recv c -> got ; recv t
			recv c
		got:
			return
		proc worker
			send c`},
	{"first of three senders wins", []string{"send c"}, `
		chan c
		proc main start
			go worker
			go worker
			go worker
			recv c
		proc worker max=3
			send c`},
	{"first of three senders wins, room for the rest", nil, `
		chan c 2
		proc main start
			go worker
			go worker
			go worker
			recv c
		proc worker max=3
			send c`},
	{"no reply on the error path", []string{"recv reply"}, `
		chan req
		chan reply
		proc client start
			send req
			recv reply
		proc server start
			recv req
			branch #1 bad good "err != nil"
		good:
			send reply
		bad:
			return`},
	{"reply on both paths", nil, `
		chan req
		chan reply
		proc client start
			send req
			recv reply
		proc server start
			recv req
			branch #1 bad good "err != nil"
		bad:
			send reply
			return
		good:
			send reply`},
	{"two replies into room for one", []string{"send reply"}, `
		chan reply 1
		proc client start
			recv reply
		proc server start
			send reply
			send reply
			send reply`},
	{"locks in both orders", []string{"lock a", "lock b"}, `
		mutex a
		mutex b
		proc one start
			lock a
			lock b
			unlock b
			unlock a
		proc two start
			lock b
			lock a
			unlock a
			unlock b`},
	{"locks in one order", nil, `
		mutex a
		mutex b
		proc one start=2
			lock a
			lock b
			unlock b
			unlock a`},
	{"send under the lock the receiver needs", []string{"send c", "lock mu"}, `
		chan c
		mutex mu
		proc one start
			lock mu
			send c
			unlock mu
		proc two start
			lock mu
			unlock mu
			recv c`},
	{"send after unlock", nil, `
		chan c
		mutex mu
		proc one start
			lock mu
			unlock mu
			send c
		proc two start
			lock mu
			unlock mu
			recv c`},
	{"locks again what it holds", []string{"lock mu"}, `
		mutex mu
		proc main start
			lock mu
			lock mu`},
	{"reads again while a writer waits", []string{"rlock mu # again", "lock mu"}, `
		rwmutex mu
		proc reader start
			rlock mu
			rlock mu # again
			runlock mu
			runlock mu
		proc writer start
			lock mu
			unlock mu`},
	{"returns without unlock", []string{"lock mu"}, `
		mutex mu
		proc one start=2
			lock mu
			branch bad good "err != nil"
		good:
			unlock mu
		bad:
			return`},
	{"no Done on the error path", []string{"wait wg"}, `
		waitgroup wg
		proc main start
			add wg 1
			go worker
			wait wg
		proc worker
			branch bad good
		good:
			add wg -1
		bad:
			return`},
	{"Done on every path", nil, `
		waitgroup wg
		proc main start
			add wg 2
			go worker
			go worker
			wait wg
		proc worker max=2
			add wg -1`},
	{"event loop sends to itself", []string{"send ev"}, `
		chan ev
		chan quit
		proc loop start
		next:
			select recv ev -> handle ; recv quit -> done
		handle:
			send ev
			goto next
		done:
			return
		proc main start
			select send ev ; send quit
			branch stay leave
		leave:
			close quit
		stay:
			return`},
	{"range over a channel nobody closes", []string{"recv c / done"}, `
		chan c
		proc main start
			go worker
			send c
		proc worker
		next:
			recv c / done
			goto next
		done:
			return`},
	{"range over a channel that is closed", nil, `
		chan c
		proc main start
			go worker
			send c
			close c
		proc worker
		next:
			recv c / done
			goto next
		done:
			return`},
	{"nobody signals", []string{"condwait c"}, `
		mutex mu
		cond c mu
		proc main start
			lock mu
			condwait c
			unlock mu`},
	{"signal comes before the wait", []string{"condwait c"}, `
		mutex mu
		cond c mu
		proc main start
			go waker
			lock mu
			condwait c
			unlock mu
		proc waker
			lock mu
			signal c
			unlock mu`},
	{"wait tests a flag under the lock", nil, `
		mutex mu
		cond c mu
		flag ready
		proc main start
			go waker
			lock mu
		again:
			test ready 1 / sleep
			unlock mu
			return
		sleep:
			condwait c
			goto again
		proc waker
			lock mu
			set ready 1
			broadcast c
			unlock mu`},
	{"early return abandons the producer", []string{"send c"}, `
		chan c
		proc main start
			go producer
		next:
			recv c / done
			branch done next "err != nil"
		done:
			return
		proc producer
			send c
			send c
			close c`},
	{"nil channel", []string{"recv c"}, `
		chan c nil
		proc main start
			recv c`},
	{"ranges over a ticker", nil, `
		timer t repeat
		proc main start
		next:
			recv t
			goto next`},
	{"the others go on without it", []string{"send lost"}, `
		chan lost
		chan c
		proc main start
			send lost
		proc ping start
		next:
			send c
			goto next
		proc pong start
		next:
			recv c
			goto next`},
	{"one way leads into an endless loop", []string{"recv c"}, `
		chan c
		proc main start
			recv c
		proc spin start
			branch loop out
		loop:
			branch loop loop2
		loop2:
			goto loop
		out:
			send c`},
	{"an endless loop because of a condition", []string{"recv c"}, `
		chan c
		flag f
		proc main start
			recv c
		proc spin start
			branch #1 loop out "forever"
		loop:
			set f 1
		again:
			branch here there
		here:
			goto next
		there:
			goto next
		next:
			branch #1 again out
		out:
			send c`},
	{"a spinning goroutine releases nobody", []string{"recv c"}, `
		chan c
		proc main start
			recv c
		proc spin start
			branch #1 yes no
		yes:
			branch #1 yes no
		no:
			send c`},
}
