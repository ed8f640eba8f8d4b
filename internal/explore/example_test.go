package explore_test

import (
	"fmt"

	"github.com/chanlint/chanlint/internal/explore"
)

// A result is raced with a timeout, and the channel has no room for it:
//
//	1  func fetch(d time.Duration) (string, error) {
//	2  	c := make(chan string)
//	3  	go func() { c <- get() }()
//	4  	select {
//	5  	case s := <-c: return s, nil
//	6  	case <-time.After(d): return "", errTimeout
//	7  	}
//	8  }
func ExampleExplore() {
	const c, after = 0, 1 // objects
	const fetch, get = 0, 1
	p := &explore.Program{
		Objects: []explore.Object{
			c:     {Kind: explore.Chan, Name: "c"},
			after: {Kind: explore.Timer, Name: "time.After(d)"},
		},
		Procs: []explore.Proc{
			fetch: {Name: "fetch", Start: 1, Code: []explore.Instr{
				0: {Op: explore.Go, N: get, Next: 1, Site: 3},
				1: {Op: explore.Select, Cases: []explore.Case{
					{Op: explore.Recv, Obj: c, Next: 2, Else: 2, Site: 5},
					{Op: explore.Recv, Obj: after, Next: 2, Else: 2, Site: 6},
				}, Site: 4},
				2: {Op: explore.Return},
			}},
			get: {Name: "func literal", Code: []explore.Instr{
				0: {Op: explore.Send, Obj: c, Next: 1, Site: 3},
				1: {Op: explore.Return},
			}},
		},
	}
	line := func(site int) string { return fmt.Sprintf("fetch.go:%d", site) }

	res := explore.Explore(p, explore.Options{})
	fmt.Println(res.Verdict == explore.Stuck)
	fmt.Print(res.Witnesses[0].Text(line))

	p.Objects[c].Cap = 1
	res = explore.Explore(p, explore.Options{})
	fmt.Println(res.Verdict == explore.Clean)
	// Output:
	// true
	// 1  fetch         starts func literal                    fetch.go:3
	// 2  fetch         sees time.After(d) fire, then returns  fetch.go:6
	// 3  func literal  blocks for ever sending on c           fetch.go:3
	// true
}
