package cli

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chanlint/chanlint/internal/render"
	"github.com/chanlint/chanlint/runtime/capacity"
)

// capacityFormats are the formats of a plan.
var capacityFormats = map[string]func(capacity.Result, io.Writer) error{
	"text": capacity.Result.WriteText,
	"svg":  capacity.Result.WriteSVG,
	"json": writeCapacityJSON,
}

// capacity plans the capacity of a queue for a burst.
func (c *command) capacity(args []string) int {
	burst, format, err := parseCapacity(args)
	if err != nil {
		return c.fail(err)
	}
	plan, err := capacity.Plan(burst)
	if err != nil {
		return c.fail(err)
	}
	if err := capacityFormats[format](plan, c.stdout); err != nil {
		return c.fail(fmt.Errorf("writing the plan: %w", err))
	}
	return exitClean
}

// parseCapacity takes the arguments of capacity apart. Nothing in what it returns
// is negative, and what must not be zero is not.
func parseCapacity(args []string) (b capacity.Burst, format string, err error) {
	flags := flag.NewFlagSet("capacity", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	produce, consume, base := flags.String("produce", "", ""), flags.String("consume", "", ""), flags.String("base", "", "")
	burst, wait := flags.String("burst", "", ""), flags.String("p99wait", "", "")
	flags.StringVar(&format, "f", "text", "")
	names := slices.Sorted(maps.Keys(capacityFormats))
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 || *produce == "" || *consume == "" || *burst == "" {
		const required = "usage: chanlint capacity -produce RATE -consume RATE -burst DURATION"
		return b, "", fmt.Errorf("%s [-base RATE] [-p99wait DURATION] [-f %s]", required, strings.Join(names, "|"))
	}
	if capacityFormats[format] == nil {
		return b, "", fmt.Errorf("no format %s: capacity has %s", format, strings.Join(names, ", "))
	}
	err = cmp.Or(
		setRate(&b.Produce, "produce", *produce), setRate(&b.Consume, "consume", *consume), setRate(&b.Base, "base", *base),
		setTime(&b.Duration, "burst", *burst), setTime(&b.Wait, "p99wait", *wait))
	return b, format, err
}

// maxRate is many values in each nanosecond.
const maxRate = 1e12

// setRate parses a number of values per time, as 500/s or 30/10ms, if there is
// one.
func setRate(to *float64, flag, text string) error {
	if text == "" {
		return nil
	}
	count, per, _ := strings.Cut(text, "/")
	n, badCount := strconv.ParseFloat(count, 64)
	unit, badUnit := time.ParseDuration(per)
	if badUnit != nil {
		unit, badUnit = time.ParseDuration("1" + per) // s is 1s
	}
	*to = n / unit.Seconds()
	if cmp.Or(badCount, badUnit) != nil || !(*to > 0 && *to <= maxRate) {
		return fmt.Errorf("flag -%s: bad value %q: want a rate, such as 500/s or 30/10ms", flag, text)
	}
	return nil
}

// setTime parses a duration that is not zero, if there is one.
func setTime(to *time.Duration, flag, text string) error {
	if text == "" {
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return fmt.Errorf("flag -%s: bad value %q: want a duration, such as 2s or 1m30s", flag, text)
	}
	*to = d
	return nil
}

// writeCapacityJSON writes a plan for programs. Times are in seconds, rates per
// second.
func writeCapacityJSON(r capacity.Result, w io.Writer) error {
	return render.JSON(w, struct {
		Capacity      int     `json:"capacity"`
		Backlog       int     `json:"backlog"`
		Wait          float64 `json:"wait"`
		Blocked       float64 `json:"blocked"`
		Recovery      float64 `json:"recovery"`
		EnoughConsume float64 `json:"enoughConsume"`
	}{r.Capacity, r.Backlog, r.Wait.Seconds(), r.Blocked.Seconds(), r.Recover.Seconds(), r.Consume})
}
