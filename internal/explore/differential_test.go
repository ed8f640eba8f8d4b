package explore

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The model against the real thing. A random program is explored, and run for
// real on many schedules until nothing moves any more. Whatever then happens
// for real - who has ended, who is left blocked and where, or a crash - must be
// among the ends that the model has; in particular a real leak must not have
// been called impossible. The other way around, each witness is replayed on the
// model, and then followed step by step with real goroutines, which must end
// stuck where it says.

// A tally counts what the comparison has seen.
type tally struct {
	programs, clean, stuck, gaveUp int
	runs, ends, crashes, unclear   int
	followed, diverged             int
	modelEnds, seenEnds            int
}

func (t tally) String() string {
	return fmt.Sprintf("%d programs: %d clean, %d stuck, %d gave up; "+
		"%d runs: %d ended, %d crashed, %d unclear; %d witnesses followed, %d not followable; "+
		"%d of %d ends of the models seen",
		t.programs, t.clean, t.stuck, t.gaveUp, t.runs, t.ends, t.crashes, t.unclear,
		t.followed, t.diverged, t.seenEnds, t.modelEnds)
}

const crash = "crash"

// ends returns every way in which g's program can end, as fingerprints.
func ends(g *graph) map[string]bool {
	all := map[string]bool{crash: false}
	for s := range g.states {
		var left []string
		st := state(g.states[s])
		edges := g.out(s)
		for _, e := range edges {
			all[crash] = all[crash] || e.to == exit
		}
		if len(edges) > 0 {
			continue
		}
		for i := range g.running(st) {
			left = append(left, placeName(g.slots[i].proc, g.pc(st, i)))
		}
		all[fingerprint(left)] = true
	}
	return all
}

func placeName(proc, pc int) string { return fmt.Sprintf("%c%d", 'A'+proc, pc) }

func fingerprint(left []string) string {
	slices.Sort(left)
	return strings.Join(left, " ")
}

// compare checks one program, in a bubble.
func compare(t *testing.T, p *Program, seed uint64, runs int, sum *tally) {
	opts := Options{States: 5000}
	res := Explore(p, opts)
	g := search(newMachine(p, opts, true), true)
	want := ends(g)
	sum.programs++
	switch res.Verdict {
	case Clean:
		sum.clean++
	case Stuck:
		sum.stuck++
	case GaveUp:
		sum.gaveUp++
	}
	seen := make(map[string]bool)
	for n := range runs {
		w := newWorld(p, rand.New(rand.NewPCG(seed, uint64(n))), n%4 != 0 || raceDetector, nil)
		w.runOut()
		got, ok := w.outcome()
		w.end()
		synctest.Wait()
		sum.runs++
		switch {
		case !ok:
			sum.unclear++
			continue
		case got == crash:
			sum.crashes++
		default:
			sum.ends++
		}
		seen[got] = true
		if got != "" && got != crash && res.Verdict == Clean {
			t.Errorf("seed %d: goroutines left at %s, but the verdict is clean\n%s", seed, got, listing(p))
		}
		if !want[got] && g.reason == "" {
			t.Errorf("seed %d: for real it ends with %q, the model has %v\n%s", seed, got, want, listing(p))
		}
	}
	for _, can := range want {
		if can {
			sum.modelEnds++
		}
	}
	sum.seenEnds += len(seen)
	for _, wit := range res.Witnesses {
		if err := Replay(p, opts, wit); err != nil {
			t.Errorf("seed %d: replay: %v\n%s\n%s", seed, err, wit.Text(nil), listing(p))
		}
		follow(t, p, wit, seed, sum)
	}
}

// outcome returns the fingerprint of how a quiet world has ended, and false if
// that tells nothing.
func (w *world) outcome() (string, bool) {
	if w.unclear {
		return "", false
	}
	if w.crashed {
		return crash, true
	}
	var left []string
	for _, r := range w.routines {
		if r.status.Load() != finished {
			left = append(left, placeName(r.proc, int(r.pc.Load())))
		}
	}
	return fingerprint(left), true
}

// runOut runs w until nothing moves any more, giving turns at random.
func (w *world) runOut() {
	for range 400 {
		synctest.Wait()
		if w.crashed || w.unclear {
			return
		}
		var able []*routine
		for _, r := range w.routines {
			if r.status.Load() == ready {
				able = append(able, r)
			}
		}
		if len(able) == 0 || w.rng.IntN(12) == 0 {
			if !w.fireAny() && len(able) == 0 {
				return
			}
			continue
		}
		able[w.rng.IntN(len(able))].turn <- order{}
	}
	w.unclear = true
}

// fireAny lets the world outside do one thing, if there is one to do.
func (w *world) fireAny() bool {
	var can []int
	for i, o := range w.prog.Objects {
		real := w.objs[i]
		switch {
		case o.Kind == Context && o.Env && real.ctx.Err() == nil,
			o.Kind == Timer && real.flag.Load() == 0 && len(real.ch) == 0:
			can = append(can, i)
		}
	}
	if len(can) == 0 {
		return false
	}
	w.fire(can[w.rng.IntN(len(can))])
	return true
}

// fire cancels a context or fires a timer from outside.
func (w *world) fire(i int) {
	o := w.objs[i]
	if o.cancel != nil {
		o.cancel()
		return
	}
	if !w.prog.Objects[i].Repeat {
		o.flag.Store(1)
	}
	select {
	case o.ch <- struct{}{}:
	default:
	}
}

func TestDifferential(t *testing.T) {
	programs := 1500
	if testing.Short() {
		programs = 300
	}
	first := uint64(0)
	if s := os.Getenv("EXPLORE_PROGRAMS"); s != "" {
		programs, _ = strconv.Atoi(s)
	}
	if s := os.Getenv("EXPLORE_FIRST"); s != "" {
		first, _ = strconv.ParseUint(s, 10, 64)
	}
	began := time.Now()
	var sum tally
	for seed := first; seed < first+uint64(programs) && !t.Failed(); seed++ {
		p := generate(randomDice(seed))
		synctest.Test(t, func(t *testing.T) { compare(t, p, seed, 12, &sum) })
	}
	t.Logf("%v, in %v", sum, time.Since(began).Round(time.Second/10))
}

// FuzzExplore does the same with programs that the fuzzer makes up.
func FuzzExplore(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(randomDice(seed).data[:60])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := generate(&dice{data})
		synctest.Test(t, func(t *testing.T) { compare(t, p, uint64(len(data)), 4, &tally{}) })
	})
}
