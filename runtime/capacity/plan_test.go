package capacity_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chanlint/chanlint/runtime/capacity"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// peaks returns the longest queue of each of n simulated bursts, sorted.
func peaks(b capacity.Burst, n int) []int {
	rnd := source()
	between := times(rnd, 1/b.Produce, b.ArrivalCV)
	service := times(rnd, 1/b.Consume, b.ServiceCV)
	all := make([]int, n)
	for i := range all {
		end := b.Duration.Seconds()
		queue, arrival, done := 0, between(), 0.0
		for arrival < end {
			if queue > 0 && done < arrival {
				queue--
				done += service()
				continue
			}
			if queue == 0 {
				done = max(done, arrival) + service()
			}
			queue++
			all[i] = max(all[i], queue)
			arrival += between()
		}
	}
	slices.Sort(all)
	return all
}

func TestPlanAgreesWithSimulation(t *testing.T) {
	for _, b := range []capacity.Burst{
		{Produce: 5000, Consume: 1000, Duration: time.Second},
		{Produce: 2000, Consume: 1500, Duration: 2 * time.Second},
		{Produce: 300, Consume: 100, Duration: 500 * time.Millisecond},
		{Produce: 1000, Consume: 900, Duration: time.Second, ArrivalCV: capacity.Constant},
		{Produce: 2000, Consume: 1000, Duration: time.Second, ServiceCV: 1.4},
		{Produce: 700, Consume: 1000, Duration: 10 * time.Second},
	} {
		r, err := capacity.Plan(b)
		all := peaks(b, 500)
		want := all[len(all)*99/100]
		if b.Produce < b.Consume { // then a share of the values is meant, not of the bursts
			want = simulate(capacity.Load{Arrivals: b.Produce, Services: b.Consume}, values, -1).forFull(0.01)
		}
		if err != nil || !near(float64(r.Capacity), float64(want), 2) || r.Backlog != r.Capacity {
			t.Errorf("%+v: Plan = %+v, %v; the simulation needs %d", b, r, err, want)
		}
	}
}

func TestPlanWithinAWait(t *testing.T) {
	b := capacity.Burst{Produce: 5000, Base: 200, Consume: 1000, Duration: 2 * time.Second, Wait: 4 * time.Second}
	r, err := capacity.Plan(b)
	if err != nil {
		t.Fatal(err)
	}
	blockedAsExpected := near(r.Blocked.Seconds(), 1, 0) // 4000 of 8000 places, and some of the margin
	if r.Capacity != 4000 || r.Wait != b.Wait || r.Recover != 5*time.Second || !blockedAsExpected {
		t.Errorf("Plan = %+v, want 4000 places, a wait of 4s, blocked for about 1s, and 5s to recover", r)
	}
	b.Consume = r.Consume
	better, err := capacity.Plan(b)
	if err != nil || better.Blocked != 0 || better.Wait > b.Wait || better.Consume != b.Consume {
		t.Errorf("with %v consumed: %+v, %v, want nobody blocked", b.Consume, better, err)
	}
	b.Consume--
	if worse, _ := capacity.Plan(b); worse.Backlog <= worse.Capacity {
		t.Errorf("with one less consumed: %+v, want that not to be enough", worse)
	}
}

func TestPlanErrors(t *testing.T) {
	good := capacity.Burst{Produce: 2, Consume: 1, Duration: time.Second}
	for what, test := range map[string]struct {
		spoil func(b *capacity.Burst)
		want  error
	}{
		"nothing":     {func(*capacity.Burst) {}, nil},
		"no producer": {func(b *capacity.Burst) { b.Produce = 0 }, capacity.ErrInput},
		"no consumer": {func(b *capacity.Burst) { b.Consume = 0 }, capacity.ErrInput},
		"no time":     {func(b *capacity.Burst) { b.Duration = 0 }, capacity.ErrInput},
		"negative":    {func(b *capacity.Burst) { b.Base = -1 }, capacity.ErrInput},
		"wait":        {func(b *capacity.Burst) { b.Wait = -1 }, capacity.ErrInput},
		"overload":    {func(b *capacity.Burst) { b.Base = 1 }, capacity.ErrOverload},
		"flood":       {func(b *capacity.Burst) { b.Produce = 1e300 }, capacity.ErrOverload},
		"long wait":   {func(b *capacity.Burst) { b.Consume, b.Wait = 1e300, time.Hour }, nil},
	} {
		b := good
		test.spoil(&b)
		if _, err := capacity.Plan(b); !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", what, err, test.want)
		}
	}
}

func TestPlots(t *testing.T) {
	for name, b := range map[string]capacity.Burst{
		"roomy":   {Produce: 5000, Base: 200, Consume: 1000, Duration: 2 * time.Second, Wait: 10 * time.Second},
		"blocked": {Produce: 5000, Base: 200, Consume: 1000, Duration: 2 * time.Second, Wait: 3 * time.Second},
		"small":   {Produce: 90, Base: 10, Consume: 100, Duration: time.Second},
	} {
		r, err := capacity.Plan(b)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".txt", r.WriteText)
		golden(t, name+".svg", r.WriteSVG)
		var svg bytes.Buffer
		r.WriteSVG(&svg)
		var root struct{ XMLName xml.Name }
		if err := xml.Unmarshal(svg.Bytes(), &root); err != nil || root.XMLName.Local != "svg" {
			t.Errorf("%s: the picture is not well-formed: %v, element %q", name, err, root.XMLName.Local)
		}
	}
}

// golden compares what write writes with a file.
func golden(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	var got strings.Builder
	if err := write(&got); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("%s:\n%s\nwant:\n%s", name, &got, want)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestPlotsReportErrors(t *testing.T) {
	want := errors.New("disk full")
	for what, write := range map[string]func(io.Writer) error{
		"WriteText": capacity.Result{}.WriteText,
		"WriteSVG":  capacity.Result{}.WriteSVG,
	} {
		if err := write(brokenWriter{want}); err != want {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
}
