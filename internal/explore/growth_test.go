package explore

import (
	"fmt"
	"testing"
)

// group is a program like the groups of real code: a producer that sends on each
// of some channels in turn and then closes them all, and workers that receive
// from one of them each, in a select with a stop channel, and count down a wait
// group at the end.
func group(workers, channels int) *Program {
	p := &Program{}
	for range channels {
		p.Objects = append(p.Objects, Object{Kind: Chan, Name: "c"})
	}
	stop, wg := channels, channels+1
	p.Objects = append(p.Objects, Object{Kind: Chan, Name: "stop"}, Object{Kind: WaitGroup, Name: "wg"})
	var main []Instr
	add := func(in Instr) {
		in.Next, in.Else = len(main)+1, len(main)+1
		main = append(main, in)
	}
	add(Instr{Op: Add, Obj: wg, N: workers})
	for i := range workers {
		add(Instr{Op: Go, N: 1 + i})
	}
	for i := range channels {
		add(Instr{Op: Select, Default: true, Cases: []Case{{Op: Send, Obj: i, Next: len(main) + 1, Else: len(main) + 1}}})
	}
	add(Instr{Op: Close, Obj: stop})
	add(Instr{Op: Wait, Obj: wg})
	main = append(main, Instr{Op: Return})
	p.Procs = append(p.Procs, Proc{Name: "main", Start: 1, Code: main})
	for i := range workers {
		p.Procs = append(p.Procs, Proc{Name: fmt.Sprint("worker ", i), Code: []Instr{
			{Op: Select, Cases: []Case{
				{Op: Recv, Obj: i % channels, Next: 0, Else: 1},
				{Op: Recv, Obj: stop, Next: 1, Else: 1},
			}},
			{Op: Add, Obj: wg, N: -1, Next: 2, Else: 2},
			{Op: Return},
		}})
	}
	return p
}

// TestGrowth checks that the cost of a search grows gently with the goroutines
// and channels of a group: no more than three times for one goroutine more.
func TestGrowth(t *testing.T) {
	for channels := 1; channels <= 6; channels++ {
		last := 0
		for goroutines := 2; goroutines <= 8; goroutines++ {
			res := Explore(group(goroutines-1, channels), Options{})
			if res.Verdict != Clean {
				t.Fatalf("%d goroutines, %d channels: %v %s, want clean", goroutines, channels, res.Verdict, res.Reason)
			}
			if last > 0 && res.States > 3*last {
				t.Errorf("%d goroutines, %d channels: %d states after %d with one goroutine less", goroutines, channels, res.States, last)
			}
			last = res.States
		}
	}
}

func BenchmarkGrowth(b *testing.B) {
	for _, goroutines := range []int{2, 4, 6, 8} {
		for _, channels := range []int{1, 3, 6} {
			p := group(goroutines-1, channels)
			b.Run(fmt.Sprintf("goroutines=%d/channels=%d", goroutines, channels), func(b *testing.B) {
				states := 0
				for b.Loop() {
					states = Explore(p, Options{}).States
				}
				b.ReportMetric(float64(states), "states")
			})
		}
	}
}
