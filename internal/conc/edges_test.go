package conc

import "testing"

// TestCaseEdge checks that the body of a case cannot be reached without its
// edge, and that what comes behind the select can.
func TestCaseEdge(t *testing.T) {
	p := load(t, "a.go", `package a
func f(a, b chan int) {
	for {
		select {
		case <-a:
			close(a)
		case v := <-b:
			if v > 0 {
				return
			}
		}
	}
}
`, none)
	f := p.Funcs[0]
	var sel, cl *Op
	for op := range f.Ops {
		switch op.Kind {
		case Select:
			sel = op
		case Close:
			cl = op
		}
	}
	for i, want := range []bool{false, true} {
		edge, ok := sel.CaseEdge(i)
		if !ok {
			t.Fatalf("case %d has no edge", i)
		}
		if got := f.Reaches(sel.Block, cl.Block, func(e Edge) bool { return e == edge }); got != want {
			t.Errorf("without the edge of case %d, close is reached: %t, want %t", i, got, want)
		}
	}
	if !f.Reaches(cl.Block, cl.Block, nil) {
		t.Error("close is in a loop, but is said not to reach itself")
	}
	if (Use{sel, 0}).Item() != nil || (Use{sel, 1}).Item() == nil {
		t.Error("the first case throws its item away and the second does not, but that is not what Item says")
	}
	if pos, end := sel.CaseRange(1); p.Fset.Position(pos).Line != 7 || end <= pos {
		t.Errorf("case 1 is at line %d, want 7", p.Fset.Position(pos).Line)
	}
}
