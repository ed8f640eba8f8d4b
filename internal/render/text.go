package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/chanlint/chanlint/internal/finding"
)

// text writes findings for people: each with the code at all of its places.
func text(w io.Writer, r *Report) error {
	p := &printer{Report: r}
	for i := range r.Findings {
		p.finding(&r.Findings[i])
		p.b.WriteString("\n")
	}
	p.total()
	_, err := io.WriteString(w, p.b.String())
	return err
}

// A printer writes findings to a terminal.
type printer struct {
	*Report
	b strings.Builder
}

// Select Graphic Rendition codes of terminals.
const (
	bold  = "1"
	dim   = "2"
	red   = "1;31"
	blue  = "1;34"
	green = "32"
)

// paint returns s in a color, if there are any.
func (p *printer) paint(code, s string) string {
	if !p.Color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// finding writes one finding:
//
//	file.go:3:2: message (pass/category)
//	  |
//	1 | mu.Lock()
//	  | --------- mu is locked here
//	2 |
//	3 | ch <- v
//	  | ^^^^^^^
//	  = fix: send after the lock is released (-fix applies it)
func (p *printer) finding(f *finding.Finding) {
	fmt.Fprintf(&p.b, "%s: %s %s\n", p.paint(bold, p.posn(f.Place)), p.paint(bold, clean(f.Message)), p.paint(dim, "("+f.Name()+")"))
	frames := p.frames(f, 0)
	width := 1
	for _, fr := range frames {
		width = max(width, len(fmt.Sprint(fr.last())))
	}
	for i, fr := range frames {
		p.frame(fr, width, i == 0)
	}
	p.steps(f, width)
	for i, fix := range f.Fixes {
		how := ""
		if i == 0 {
			how = " (-fix applies it)"
		}
		fmt.Fprintf(&p.b, "%*s %s %s%s\n", width, "", p.paint(blue, "= fix:"), clean(fix.Message), how)
	}
}

// frame writes the marked lines of one file.
func (p *printer) frame(fr frame, width int, first bool) {
	margin := strings.Repeat(" ", width)
	if !first {
		fmt.Fprintf(&p.b, "%s%s %s\n", margin, p.paint(blue, "->"), p.posn(fr.marks[0].place))
	}
	bar := p.paint(blue, "|")
	fmt.Fprintf(&p.b, "%s %s\n", margin, bar)
	for _, l := range fr.lines {
		if l.number == 0 {
			fmt.Fprintf(&p.b, "%s\n", p.paint(blue, strings.Repeat(".", max(3, width))))
			continue
		}
		row := fmt.Sprintf("%s %s %s", p.paint(blue, fmt.Sprintf("%*d", width, l.number)), bar, l.text)
		p.b.WriteString(strings.TrimRight(row, " ") + "\n")
		for _, m := range l.marks {
			under, code := "-", blue
			if m.primary {
				under, code = "^", red
			}
			note := strings.Repeat(under, m.length)
			if m.message != "" {
				note += " " + m.message
			}
			fmt.Fprintf(&p.b, "%s %s %s%s\n", margin, bar, strings.Repeat(" ", m.indent), p.paint(code, note))
		}
	}
}

// A long witness is shown without its middle.
const (
	firstSteps = 4
	lastSteps  = 8
)

// steps writes the witness, with a column for who does it.
func (p *printer) steps(f *finding.Finding, width int) {
	if len(f.Steps) == 0 {
		return
	}
	actors := 0
	for _, s := range f.Steps {
		actors = max(actors, runewidth.StringWidth(clean(s.Actor)))
	}
	fmt.Fprintf(&p.b, "%*s %s\n", width, "", p.paint(blue, "= this way:"))
	left := len(f.Steps) - firstSteps - lastSteps
	for i, s := range f.Steps {
		if left > 1 && i >= firstSteps && i < firstSteps+left {
			if i == firstSteps {
				fmt.Fprintf(&p.b, "%*s   %s\n", width, "", p.paint(dim, fmt.Sprintf("... %s more, in -o html and -o json", count(left, "step"))))
			}
			continue
		}
		message := clean(s.Message)
		if s.Stuck {
			message = p.paint(red, message)
		}
		actor := runewidth.FillRight(clean(s.Actor), actors)
		fmt.Fprintf(&p.b, "%*s  %2d. %s  %s  %s\n", width, "", i+1, p.paint(green, actor), message, p.paint(dim, p.posn(s.Place)))
	}
}

// total writes how much there is, and what is not shown.
func (p *printer) total() {
	var hidden []string
	if p.Baselined > 0 {
		hidden = append(hidden, fmt.Sprintf("%d in the baseline", p.Baselined))
	}
	if p.Unchanged > 0 {
		hidden = append(hidden, fmt.Sprintf("%d on lines that have not changed", p.Unchanged))
	}
	if len(p.Findings) == 0 && len(hidden) == 0 {
		return
	}
	p.b.WriteString(p.paint(bold, count(len(p.Findings), "finding")))
	if len(hidden) > 0 {
		p.b.WriteString("; not shown: " + strings.Join(hidden, ", "))
	}
	if len(p.Findings) > 0 {
		fmt.Fprintf(&p.b, "; chanlint explain %s says more", p.Findings[0].Name())
	}
	p.b.WriteString("\n")
}
