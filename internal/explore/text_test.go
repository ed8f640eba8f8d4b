package explore

import (
	"fmt"
	"testing"
)

const timeoutLeak = `
	chan c
	timer t
	proc main start
		go worker
		select recv c ; recv t
	proc worker
		send c`

func TestText(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"leak", timeoutLeak, `
1  main    starts worker                 line 5
2  main    sees t fire, then returns     line 6
3  worker  blocks for ever sending on c  line 8
`},
		{"two of a kind", `
	mutex a
	mutex b
	proc transfer start=2
		branch #1 left right "from < to"
	left:
		lock a
		lock b
		unlock b
		unlock a
		return
	right:
		lock b
		lock a
		unlock a
		unlock b`, `
1  transfer #1  finds from < to true                            line 5
2  transfer #1  locks a                                         line 7
3  transfer #2  finds from < to false                           line 5
4  transfer #2  locks b                                         line 13
5  transfer #2  blocks for ever locking a, held by transfer #1  line 14
6  transfer #1  blocks for ever locking b, held by transfer #2  line 8
`},
		{"channels", `
	chan c 2
	chan d
	chan e nil
	context x
	context y env
	timer t
	flag f
	proc main start
		send c
		recv c
		send d
		set t 1
		set t 0
		recv t
		set f 1
		test f 1 / bad
		test f 2 / good
	bad:
		return
	good:
		select recv d -> bad ; default
		test x / open
	open:
		cancel x
		recv x
		recv y
		close c
		recv c / end
		return
	end:
		select recv d ; send e
	proc peer start
		recv d`, `
 1  main  sends on c, 1 of 2 in its buffer                                line 10
 2  main  receives from c                                                 line 11
 3  main  sends on d to peer; peer returns                                line 12
 4  main  stops t                                                         line 13
 5  main  rearms t                                                        line 14
 6  main  sees t fire                                                     line 15
 7  main  sets f to 1                                                     line 16
 8  main  finds f at 1                                                    line 17
 9  main  finds f not at 2                                                line 18
10  main  takes the default case                                          line 22
11  main  finds x not done                                                line 23
12  main  cancels x                                                       line 25
13  main  sees x done                                                     line 26
14  main  sees y cancelled from outside                                   line 27
15  main  closes c                                                        line 28
16  main  finds c closed                                                  line 29
17  main  blocks for ever receiving from d or sending on e, which is nil  line 32
`},
		{"whether something is nil", `
	chan c
	flag f nil
	proc main start
		set f 1
		test f 0 / set
		return
	set:
		set f 0
		test f 0 / other
		recv c
	other:
		return`, `
1  main  sets f to what is not nil         line 5
2  main  finds f not nil                   line 6
3  main  sets f to nil                     line 9
4  main  finds f nil                       line 10
5  main  blocks for ever receiving from c  line 11
`},
		{"locks", `
	mutex m
	cond c m
	waitgroup w
	rwmutex rw
	proc main start
		branch one two three "the mode"
	one:
		add w 2
		add w -1
		trylock m / bad
		trylock m / good
	bad:
		return
	two:
		return
	three:
		return
	good:
		signal c
		condwait c
		broadcast c
		rlock rw
		runlock rw
		lock rw
		lock rw
	proc waker start
		lock m
		signal c
		unlock m`, `
 1  main   decides the mode: way 1 of 3                line 7
 2  main   calls w.Add(2)                              line 9
 3  main   calls w.Done                                line 10
 4  main   locks m                                     line 11
 5  main   cannot lock m                               line 12
 6  main   signals c, but nobody waits                 line 20
 7  main   waits on c, which unlocks m                 line 21
 8  waker  locks m                                     line 28
 9  waker  signals c, which wakes main                 line 29
10  waker  unlocks m, then returns                     line 30
11  main   wakes and locks m                           line 21
12  main   wakes all that wait on c                    line 22
13  main   read-locks rw                               line 23
14  main   read-unlocks rw                             line 24
15  main   locks rw                                    line 25
16  main   blocks for ever locking rw, held by itself  line 26
`},
		{"waiting writer", `
	rwmutex mu
	waitgroup wg
	proc reader start
		rlock mu
		add wg 1
		rlock mu
	proc writer start
		lock mu`, `
1  reader  read-locks mu                                    line 5
2  reader  calls wg.Add(1)                                  line 6
3  writer  wants to lock mu and keeps new readers out       line 9
4  reader  blocks for ever read-locking mu, held by itself  line 7
5  writer  blocks for ever locking mu, held by reader       line 9
`},
		{"asleep", `
	mutex mu
	cond c mu
	proc main start
		lock mu
		condwait c
	proc other start
		lock mu
		broadcast c`, `
1  main   locks mu                                   line 5
2  main   waits on c, which unlocks mu               line 6
3  other  locks mu                                   line 8
4  other  wakes all that wait on c, then returns     line 9
5  main   blocks for ever locking mu, held by other  line 6
`},
	}
	for _, tt := range tests {
		res := Explore(assemble(t, tt.src), Options{})
		if res.Verdict != Stuck {
			t.Errorf("%s: verdict %v, want stuck", tt.name, res.Verdict)
			continue
		}
		w := res.Witnesses[len(res.Witnesses)-1]
		got := "\n" + w.Text(func(site int) string { return fmt.Sprintf("line %d", site) })
		if got != tt.want {
			t.Errorf("%s: got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
