package capacity

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// The size of the text plot, in characters.
const (
	textWidth  = 60
	textHeight = 10
)

// span returns the time that a plot shows: the burst and what it takes to recover.
func (r Result) span() time.Duration {
	if all := r.Burst.Duration + r.Recover; all > r.Burst.Duration {
		return all
	}
	return r.Burst.Duration // that no recovery was computed for, or it is endless
}

// top returns the length of the queue at the upper edge of a plot.
func (r Result) top() float64 {
	return max(float64(min(r.Capacity, r.Backlog)), 1)
}

// WriteText writes what r says, and a plot of the length of the queue over the
// burst and the time after it, in plain text.
func (r Result) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, line := range r.lines() {
		fmt.Fprintf(&b, "%-10s %s\n", line[0], line[1])
	}
	b.WriteByte('\n')
	for row := textHeight; row > 0; row-- {
		label := ""
		if row == textHeight {
			label = fmt.Sprint(int(math.Round(r.top())))
		}
		fmt.Fprintf(&b, "%10s |", label)
		var line strings.Builder
		for col := range textWidth {
			t := time.Duration((float64(col) + 0.5) / textWidth * float64(r.span()))
			if r.at(t)/r.top()*textHeight >= float64(row)-0.5 {
				line.WriteByte('#')
			} else {
				line.WriteByte(' ')
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	fmt.Fprintf(&b, "%10s +%s\n", "0", strings.Repeat("-", textWidth))
	end := short(r.span())
	fmt.Fprintf(&b, "%10s  0s%*s\n", "", textWidth-2, end)
	_, err := io.WriteString(w, b.String())
	return err
}

// lines returns what r says, as names and values.
func (r Result) lines() [][2]string {
	b := r.Burst
	all := [][2]string{
		{"burst", fmt.Sprintf("%s values/s for %v, then %s/s; %s/s are consumed",
			rate(b.Produce), b.Duration, rate(b.Base), rate(b.Consume))},
		{"capacity", fmt.Sprintf("%d, for a backlog of %d", r.Capacity, r.Backlog)},
		{"wait", fmt.Sprintf("%v at most for 99 of 100 values", short(r.Wait))},
	}
	if r.Blocked > 0 {
		all = append(all, [2]string{"blocked", fmt.Sprintf("senders are held up for %v of each burst", short(r.Blocked))})
	}
	if r.Recover > 0 {
		all = append(all, [2]string{"recovery", fmt.Sprintf("%v after the burst", short(r.Recover))})
	}
	if r.Consume > b.Consume {
		all = append(all, [2]string{"better", fmt.Sprintf("consume %s/s, and nobody is held up or waits longer than %v",
			rate(r.Consume), b.Wait)})
	}
	return all
}

// rate shows a number of values without needless digits.
func rate(v float64) string { return fmt.Sprintf("%.4g", v) }

// short rounds a time to what one reads.
func short(d time.Duration) time.Duration {
	switch {
	case d > 10*time.Second:
		return d.Round(100 * time.Millisecond)
	case d > 10*time.Millisecond:
		return d.Round(time.Millisecond)
	}
	return d.Round(time.Microsecond)
}

// The size of the picture, and the place of the plot in it.
const (
	svgWidth, svgHeight = 640, 320
	svgLeft, svgTop     = 70, 50
	svgRight, svgBottom = 620, 280
)

// WriteSVG writes the plot as a picture that needs nothing else.
func (r Result) WriteSVG(w io.Writer) error {
	x := func(t time.Duration) float64 {
		return svgLeft + (svgRight-svgLeft)*float64(t)/float64(r.span())
	}
	y := func(n float64) float64 { return svgBottom - (svgBottom-svgTop)*n/r.top() }

	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img">
<title>Length of the queue over a burst</title>
<rect width="100%%" height="100%%" fill="#fff"/>
<rect x="%d" y="%d" width="%.1f" height="%d" fill="#eee"/>
`, svgWidth, svgHeight, svgLeft, svgTop, x(r.Burst.Duration)-svgLeft, svgBottom-svgTop)
	fmt.Fprintf(&b, `<polyline fill="none" stroke="#06c" stroke-width="2" points="%s"/>
<path d="M%d %dV%dH%d" fill="none" stroke="#333"/>
`, r.points(x, y), svgLeft, svgTop, svgBottom, svgRight)
	if r.Blocked > 0 {
		fmt.Fprintf(&b, `<path d="M%.1f %dH%.1f" stroke="#c00" stroke-width="4"/>
`, x(r.Burst.Duration-r.Blocked), svgTop, x(r.Burst.Duration))
	}
	for i, line := range r.lines()[1:3] {
		fmt.Fprintf(&b, `<text x="%d" y="%d">%s: %s</text>
`, svgLeft, 18+16*i, line[0], line[1])
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%d</text>
<text x="%d" y="%d" text-anchor="end">0</text>
<text x="%.1f" y="%d" text-anchor="middle">%v</text>
<text x="%d" y="%d" text-anchor="end">%v</text>
</svg>
`, svgLeft-6, svgTop+4, int(math.Round(r.top())),
		svgLeft-6, svgBottom+4,
		x(r.Burst.Duration), svgBottom+16, short(r.Burst.Duration),
		svgRight, svgBottom+32, short(r.span()))
	_, err := io.WriteString(w, b.String())
	return err
}

// points returns the corners of the plot.
func (r Result) points(x func(time.Duration) float64, y func(float64) float64) string {
	full := r.Burst.Duration
	if r.Backlog > r.Capacity {
		full = time.Duration(float64(full) * float64(r.Capacity) / float64(r.Backlog))
	}
	var all []string
	for _, t := range []time.Duration{0, full, r.Burst.Duration, r.span()} {
		all = append(all, fmt.Sprintf("%.1f,%.1f", x(t), y(r.at(t))))
	}
	return strings.Join(all, " ")
}
