package explore

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// stuckLines returns the source lines at which w ends.
func stuckLines(src string, w *Witness) []string {
	var out []string
	for _, st := range w.Stuck {
		out = append(out, strings.TrimSpace(strings.Split(src, "\n")[st.Site-1]))
	}
	return out
}

func TestShapes(t *testing.T) {
	for _, tt := range shapes {
		t.Run(tt.name, func(t *testing.T) {
			p := assemble(t, tt.src)
			got := Explore(p, Options{})
			want := Clean
			if tt.stuck != nil {
				want = Stuck
			}
			if got.Verdict != want {
				t.Fatalf("verdict %v (%s), want %v", got.Verdict, got.Reason, want)
			}
			lines := make(map[string]bool)
			for _, w := range got.Witnesses {
				if err := Replay(p, Options{}, w); err != nil {
					t.Errorf("replay: %v\n%s", err, w.Text(nil))
				}
				for _, l := range stuckLines(tt.src, w) {
					lines[l] = true
				}
			}
			if len(lines) != len(tt.stuck) {
				t.Errorf("stuck at %v, want %q", lines, tt.stuck)
			}
			for _, l := range tt.stuck {
				if !lines[l] {
					t.Errorf("not stuck at %q, but at %v", l, lines)
				}
			}
			if t.Failed() || testing.Verbose() {
				for _, w := range got.Witnesses {
					t.Logf("\n%s", w.Text(nil))
				}
			}
		})
	}
}

func TestWitnessIsAPicture(t *testing.T) {
	res := Explore(assemble(t, `
	chan c
	chan gone
	proc main start
		go worker
		select send gone ; recv c
		send gone
	proc worker
		select recv gone ; send c`), Options{})
	got := res.Witnesses[0]
	want := &Witness{
		Lanes: []Lane{{Proc: 0, Name: "main"}, {Proc: 1, Name: "worker"}},
		Steps: []Step{
			{Lane: 0, Peer: 1, Op: Go, Obj: -1, Site: 5, What: "starts worker"},
			{Lane: 0, Peer: 1, Op: Send, Obj: 1, Site: 6, PeerSite: 9, What: "sends on gone to worker; worker returns"},
		},
		Stuck: []Step{{Lane: 0, Peer: -1, Op: Send, Obj: 1, Site: 7, What: "blocks for ever sending on gone"}},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Step{})); d != "" {
		t.Errorf("witness (-want +got):\n%s", d)
	}
}

func TestTwoRunsAreEqual(t *testing.T) {
	all := cmp.Exporter(func(reflect.Type) bool { return true })
	for seed := range uint64(50) {
		p := generate(randomDice(seed))
		a, b := Explore(p, Options{}), Explore(p, Options{})
		if d := cmp.Diff(a, b, all); d != "" {
			t.Errorf("seed %d: two runs differ:\n%s", seed, d)
		}
	}
}

func TestGaveUp(t *testing.T) {
	count := `
	waitgroup w
	proc main start
	again:
		add w 1
		goto again`
	tests := []struct {
		name, src string
		opts      Options
		verdict   Verdict
		reason    string
	}{
		{"states", count, Options{States: 10}, GaveUp, "more than 10 states"},
		{"steps", count, Options{Steps: 10}, GaveUp, "more than 10 steps"},
		{"counter", count, Options{}, GaveUp, "too many at once, at instruction 0 of main"},
		{"goroutines", `
	context x env
	proc main start
	again:
		go worker
		goto again
	proc worker max=3
		recv x`, Options{}, GaveUp, "too many at once, at instruction 0 of main"},
		{"goroutines that end in time", `
	chan c
	proc main start
	again:
		go worker
		recv c
		goto again
	proc worker max=3
		send c`, Options{}, Clean, ""},
		{"room for the second in time", `
	chan c 2
	chan never
	proc main start
		go worker
		go worker
		recv never
	proc worker
		send c`, Options{}, Stuck, ""},
		{"what lies beyond may release it", count + `
	chan c
	proc waiter start
		recv c`, Options{States: 100}, GaveUp, "more than 100 states"},
		{"stuck, and only others go beyond", `
	chan c
	proc main start
		branch stop start
	start:
		go worker
		go worker
	stop:
		recv c
	proc worker
		recv c`, Options{}, Stuck, ""},
	}
	for _, tt := range tests {
		got := Explore(assemble(t, tt.src), tt.opts)
		if got.Verdict != tt.verdict || got.Reason != tt.reason {
			t.Errorf("%s: %v %q, want %v %q", tt.name, got.Verdict, got.Reason, tt.verdict, tt.reason)
		}
		if limit := tt.opts.States; limit > 0 && got.States > limit {
			t.Errorf("%s: %d states, more than allowed", tt.name, got.States)
		}
	}
}

// The search with crews gets through, the one for a shorter witness does not.
func TestStuckAmongMany(t *testing.T) {
	var b strings.Builder
	for i := range 8 {
		fmt.Fprintf(&b, "chan c%[1]d 1\nproc p%[1]d start\nsend c%[1]d\nrecv c%[1]d\nsend c%[1]d\n", i)
	}
	p := assemble(t, b.String()+"mutex mu\nproc main start\nlock mu\nlock mu")
	opts := Options{States: 1000}
	if full := search(newMachine(p, opts, true), false); full.reason == "" {
		t.Fatal("the full search gets through: the program is too small")
	}
	res := Explore(p, opts)
	if res.Verdict != Stuck || len(res.Witnesses) != 1 {
		t.Fatalf("%v, %d witnesses, want stuck and one", res.Verdict, len(res.Witnesses))
	}
	if err := Replay(p, opts, res.Witnesses[0]); err != nil {
		t.Errorf("replay: %v\n%s", err, res.Witnesses[0].Text(nil))
	}
}

func TestWhoCounts(t *testing.T) {
	leak := func(attr, idle string) string {
		return strings.NewReplacer("ATTR", attr, "IDLE", idle).Replace(`
	chan c
	proc main start main
		go worker
	proc worker ATTR
		recv c IDLE`)
	}
	tests := []struct {
		name, src string
		opts      Options
		want      Verdict
	}{
		{"anybody", leak("", ""), Options{}, Stuck},
		{"daemons do not", leak("daemon", ""), Options{}, Clean},
		{"the idle do not", leak("", "!idle"), Options{}, Clean},
		{"main's end ends all", leak("", ""), Options{MainEndsAll: true}, Clean},
		{"main's end does not come", leak("", "") + `
	proc other start main
		recv c`, Options{MainEndsAll: true}, Clean},
		{"main does not end", `
	chan c
	proc main start main
		recv c`, Options{MainEndsAll: true}, Stuck},
		{"a crash may still end it", `
	chan c
	proc main start
		recv c
	proc crasher start
		panic`, Options{}, Clean},
		{"a crash may come, or not", `
	chan c
	proc main start
		recv c
	proc crasher start
		branch die live
	die:
		panic
	live:
		return`, Options{}, Stuck},
	}
	for _, tt := range tests {
		p := assemble(t, tt.src)
		got := Explore(p, tt.opts)
		if got.Verdict != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got.Verdict, tt.want)
		}
		for _, w := range got.Witnesses {
			if err := Replay(p, tt.opts, w); err != nil {
				t.Errorf("%s: replay: %v", tt.name, err)
			}
		}
	}
}

func TestReplayRejects(t *testing.T) {
	p := assemble(t, timeoutLeak)
	tests := []struct {
		name  string
		spoil func(w *Witness)
		want  string
	}{
		{"nothing", func(*Witness) {}, ""},
		{"a missing step", func(w *Witness) { w.Steps = slices.Delete(w.Steps, 0, 1) }, "cannot happen"},
		{"an early end", func(w *Witness) { w.Steps = w.Steps[:1] }, "is not stuck: worker may move it"},
		{"a step too many", func(w *Witness) { w.Steps = append(w.Steps, w.Steps[1]) }, "cannot happen"},
		{"somewhere else", func(w *Witness) { w.Stuck[0].move.pc++ }, "is at instruction 0, not 1"},
		{"nobody", func(w *Witness) { w.Stuck = nil }, "nobody is stuck"},
	}
	for _, tt := range tests {
		w := Explore(p, Options{}).Witnesses[0]
		tt.spoil(w)
		got := fmt.Sprint(Replay(p, Options{}, w))
		if tt.want == "" && got != "<nil>" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s, want %q", tt.name, got, tt.want)
		}
	}
}

func TestMalformed(t *testing.T) {
	ret := Instr{Op: Return}
	objs := []Object{{Kind: Chan}, {Kind: Mutex}}
	tests := []struct {
		name string
		p    Program
		want string
	}{
		{"no code", Program{Procs: []Proc{{}}}, "0 instructions"},
		{"target", Program{Procs: []Proc{{Code: []Instr{{Op: Jump, Next: 1}}}}}, "jumps to 1"},
		{"object", Program{Objects: objs, Procs: []Proc{{Code: []Instr{{Op: Send, Obj: 2}}}}}, "on object 2"},
		{"kind", Program{Objects: objs, Procs: []Proc{{Code: []Instr{{Op: Send, Obj: 1}}}}}, "on object 1"},
		{"case", Program{Objects: objs, Procs: []Proc{{Code: []Instr{{Op: Select, Cases: []Case{{Op: Lock, Obj: 1}}}}}}}, "select case"},
		{"proc", Program{Procs: []Proc{{Code: []Instr{{Op: Go, N: 1}}}}}, "starts proc 1"},
		{"no way", Program{Procs: []Proc{{Code: []Instr{{Op: Branch}}}}}, "0 ways"},
		{"condition", Program{Procs: []Proc{{Code: []Instr{{Op: Branch, To: []int{0}, Cond: 65}}}}}, "condition 65"},
		{"ways", Program{Procs: []Proc{{Code: []Instr{
			{Op: Branch, To: []int{1}, Cond: 1}, {Op: Branch, To: []int{0, 1}, Cond: 1}}}}}, "has 1 ways, then 2"},
		{"flag", Program{Objects: []Object{{Kind: Flag}}, Procs: []Proc{{Code: []Instr{{Op: Set, N: -1}}}}}, "sets -1"},
		{"goroutines", Program{Procs: []Proc{{Start: 65, Code: []Instr{ret}}}}, "65 goroutines"},
		{"lock", Program{Objects: []Object{{Kind: Cond}}}, "must be a Mutex"},
		{"capacity", Program{Objects: []Object{{Cap: -1}}}, "negative capacity"},
	}
	for _, tt := range tests {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, tt.want) {
					t.Errorf("%s: panic %q, want %q", tt.name, got, tt.want)
				}
			}()
			Explore(&tt.p, Options{})
		}()
	}
}

// BenchmarkExplore asks what a goroutine or a channel more costs: a pipeline
// whose stages may each give up, and workers on shared queues with a stop.
func BenchmarkExplore(b *testing.B) {
	for n := 2; n <= 8; n++ {
		for i, src := range []string{pipeline(n), workers(n)} {
			b.Run(fmt.Sprintf("%s/%d", []string{"pipeline", "workers"}[i], n), func(b *testing.B) {
				p := assemble(b, src)
				var res Result
				for b.Loop() {
					res = Explore(p, Options{})
				}
				b.ReportMetric(float64(res.States), "states")
			})
		}
	}
}

// pipeline has n goroutines and n-1 channels.
func pipeline(n int) string {
	var b strings.Builder
	b.WriteString("context stop env\n")
	for i := range n - 1 {
		fmt.Fprintf(&b, "chan c%d\n", i)
	}
	for i := range n {
		fmt.Fprintf(&b, "proc stage%d start\nnext:\n", i)
		if i > 0 {
			fmt.Fprintf(&b, "select recv c%d -> got / end ; recv stop -> end\ngot:\n", i-1)
		}
		if i < n-1 {
			fmt.Fprintf(&b, "select send c%d ; recv stop -> end\n", i)
		}
		b.WriteString("branch next end\nend:\n")
		if i < n-1 {
			fmt.Fprintf(&b, "close c%d\n", i)
		}
	}
	return b.String()
}

// workers has n goroutines on two channels and a lock: one that sends jobs, one
// that sums up, and the rest.
func workers(n int) string {
	return fmt.Sprintf(`
	chan jobs 2
	chan results
	mutex mu
	waitgroup wg
	proc main start
		add wg %[1]d
		%[2]s
		go collector
	next:
		branch more done
	more:
		send jobs
		goto next
	done:
		close jobs
		wait wg
		close results
	proc worker max=%[1]d
	next:
		recv jobs / end
		lock mu
		unlock mu
		send results
		goto next
	end:
		add wg -1
	proc collector
	next:
		recv results / end
		goto next
	end:
		return`, max(n-2, 1), strings.Repeat("go worker\n", max(n-2, 1)))
}
