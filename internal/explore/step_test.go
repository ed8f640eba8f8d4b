package explore

import (
	"slices"
	"testing"
)

// What each primitive promises, as the ends a tiny program can have. An end is
// the lines (by a word in them) on which goroutines are left, in order of procs;
// "" means that all have ended, "crash" that the program has.
func TestPrimitives(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"unbuffered send waits for a receiver", `
			chan c
			proc A start
				send c`, []string{"A0"}},
		{"two meet", `
			chan c
			proc A start
				send c
			proc B start
				recv c`, []string{""}},
		{"buffered send does not wait", `
			chan c 1
			proc A start
				send c`, []string{""}},
		{"full buffer", `
			chan c 1
			proc A start
				send c
				send c`, []string{"A1"}},
		{"a closed channel is drained first", `
			chan c 1
			proc A start
				send c
				close c
				recv c / bad
				recv c / good
			bad:
				panic
			good:
				return`, []string{""}},
		{"send on closed", `
			chan c 1
			proc A start
				close c
				send c`, []string{"crash"}},
		{"a waiting sender crashes when the channel is closed", `
			chan c
			proc A start
				send c
			proc B start
				close c`, []string{"crash"}},
		{"close of closed", `
			chan c
			proc A start
				close c
				close c`, []string{"crash"}},
		{"nil channel", `
			chan c nil
			proc A start
				select send c ; recv c
			proc B start
				recv c`, []string{"A0 B0"}},
		{"close of nil", `
			chan c nil
			proc A start
				close c`, []string{"crash"}},
		{"default of a nil channel", `
			chan c nil
			proc A start
				select send c ; default`, []string{""}},
		{"empty select", `
			proc A start
				select`, []string{"A0"}},
		{"any ready case", `
			chan c 1
			chan d 1
			proc A start
				select send c -> yes ; send d -> no
			yes:
				return
			no:
				panic`, []string{"", "crash"}},
		{"default only if no case is ready", `
			chan c 1
			proc A start
				select send c -> yes ; default -> no
			yes:
				return
			no:
				panic`, []string{""}},
		{"default may miss a partner that has just arrived", `
			chan c
			proc A start
				select send c ; default
			proc B start
				recv c`, []string{"", "B0"}},
		{"two that do not wait never meet", `
			chan c
			proc A start
				select send c -> bad ; default
				return
			bad:
				panic
			proc B start
				select recv c -> bad ; default
				return
			bad:
				panic`, []string{""}},
		{"a select does not meet itself", `
			chan c
			proc A start
				select send c ; recv c`, []string{"A0"}},
		{"mutex excludes", `
			mutex m
			proc A start=2
				lock m`, []string{"A0"}},
		{"another may unlock", `
			mutex m
			proc A start
				lock m
				lock m
			proc B start
			again:
				trylock m / unlock
				unlock m
				goto again
			unlock:
				unlock m`, []string{""}},
		{"unlock of unlocked", `
			mutex m
			proc A start
				unlock m`, []string{"crash"}},
		{"try fails if locked", `
			mutex m
			proc A start
				lock m
				trylock m / good
				panic
			good:
				return`, []string{""}},
		{"readers share", `
			rwmutex m
			proc A start=2
				rlock m`, []string{""}},
		{"reader excludes writer", `
			rwmutex m
			proc A start
				rlock m
				trylock m / no
				panic
			no:
				lock m`, []string{"A3"}},
		{"writer excludes reader", `
			rwmutex m
			proc A start
				lock m
				tryrlock m / no
				panic
			no:
				rlock m`, []string{"A3"}},
		{"waiting writer keeps new readers out", `
			rwmutex m
			proc A start
				rlock m
				rlock m
				runlock m
				runlock m
			proc B start
				lock m
				unlock m`, []string{"", "A1 B0"}},
		{"waiting writer makes tries fail", `
			rwmutex m
			flag f
			proc A start
				rlock m
				tryrlock m / no
				set f 1
				runlock m
			no:
				runlock m
			proc B start
				lock m
				unlock m`, []string{""}},
		{"one writer waits, the next waits for it", `
			rwmutex m
			proc A start=2
				lock m
				unlock m
			proc B start
				rlock m
				runlock m`, []string{""}},
		{"the lock goes to the writer that waits", `
			rwmutex m
			proc A start
				rlock m
			again:
				tryrlock m / waits
				runlock m
				goto again
			waits:
				runlock m
				trylock m / good
				panic
			good:
				return
			proc B start
				lock m`, []string{"", "A0"}},
		{"unlock of an RWMutex read-locked", `
			rwmutex m
			proc A start
				rlock m
				unlock m`, []string{"crash"}},
		{"runlock of unlocked", `
			rwmutex m
			proc A start
				runlock m`, []string{"crash"}},
		{"wait for zero", `
			waitgroup w
			proc A start
				add w 2
				add w -1
				wait w`, []string{"A2"}},
		{"negative counter", `
			waitgroup w
			proc A start
				add w -1`, []string{"crash"}},
		{"signal wakes one", `
			mutex m
			cond c m
			flag f
			proc A start=2
				lock m
				condwait c
				unlock m
			proc B start
				lock m
				signal c
				unlock m`, []string{"A1", "A1 A1"}},
		// The first to lock again ends with the lock held.
		{"broadcast wakes all, who lock one by one", `
			mutex m
			cond c m
			proc A start=2
				lock m
				condwait c
			proc B start
				lock m
				broadcast c
				unlock m`, []string{"A1", "A1 A1", "A0"}},
		{"condwait without the lock", `
			mutex m
			cond c m
			proc A start
				condwait c`, []string{"crash"}},
		{"cancel releases all that wait", `
			context x
			proc A start=2
				recv x
			proc B start
				cancel x
				cancel x`, []string{""}},
		{"nobody cancels", `
			context x
			proc A start
				test x / wait
				panic
			wait:
				recv x`, []string{"A2"}},
		{"cancelled from outside, once and for all", `
			context x env
			proc A start
				test x / wait
				recv x
				return
			wait:
				recv x
				test x / bad
				return
			bad:
				panic`, []string{""}},
		{"done is seen before default", `
			context x
			proc A start
				cancel x
				select recv x -> good ; default
				panic
			good:
				return`, []string{""}},
		{"a timer fires once", `
			timer t
			proc A start
				recv t
				recv t`, []string{"A1"}},
		{"a rearmed timer fires again", `
			timer t
			proc A start
				recv t
				set t 0
				recv t`, []string{""}},
		{"a stopped timer does not fire", `
			timer t repeat
			proc A start
				set t 1
				recv t`, []string{"A1"}},
		{"a timer may not have fired", `
			timer t
			proc A start
				select recv t -> fired ; default
				return
			fired:
				panic`, []string{"", "crash"}},
		{"a flag is seen by all", `
			flag f
			chan c
			proc A start
				set f 3
				close c
			proc B start
				recv c
				test f 3 / bad
				return
			bad:
				panic`, []string{""}},
		{"a flag counts up and down", `
			flag f
			proc A start
				add f 2
				add f -1
				test f 1 / bad
				test f 2 !less / bad
				test f 1 !less / good
			bad:
				panic
			good:
				return`, []string{""}},
		{"a receive that others may serve", `
			chan c
			chan d
			proc A start
				recv c !open
				recv d`, []string{"A1"}},
		{"a send that others may take", `
			chan c
			proc A start
				send c !open`, []string{""}},
		{"a wait that others may end", `
			waitgroup w
			proc A start
				add w 1
				wait w !open`, []string{""}},
		{"a wait on a condition that others may signal", `
			mutex mu
			cond c mu
			proc A start
				lock mu
				condwait c !open
				unlock mu
				lock mu`, []string{""}},
		{"a condition is decided once", `
			chan c
			proc A start
				branch #1 yes no
			yes:
				branch #1 good bad
			no:
				branch #1 bad good
			good:
				return
			bad:
				panic`, []string{""}},
		{"a condition is decided by each goroutine", `
			chan c
			proc A start=2
				branch #1 yes no
			yes:
				send c
			no:
				return`, []string{"", "A1", "A1 A1"}},
		{"a forgotten condition is decided anew", `
			proc A start
				branch #1 yes no
			yes:
				forget #1
				branch #1 good bad
			no:
				return
			good:
				return
			bad:
				panic`, []string{"", "crash"}},
		{"three ways", `
			chan a
			chan b
			proc A start
				branch one two three
			one:
				send a
			two:
				send b
			three:
				return`, []string{"", "A1", "A2"}},
		{"goroutines start and end in turn", `
			chan c
			proc A start
				go B
				recv c
				go B
				recv c
			proc B
				send c`, []string{""}},
	}
	for _, tt := range tests {
		for _, reduce := range []bool{true, false} {
			g := search(newMachine(assemble(t, tt.src), Options{}, reduce), reduce)
			var got []string
			for end, can := range ends(g) {
				if can {
					got = append(got, end)
				}
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) || g.reason != "" {
				t.Errorf("%s (reduce %t): ends %q %s, want %q", tt.name, reduce, got, g.reason, tt.want)
			}
		}
	}
}
