package chart

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The picture is one file: its style is in it.
//
//go:embed style.css
var style string

// Sizes of the picture, in pixels.
const (
	margin    = 24
	head      = 56 // title and legend
	boxHeight = 44
	boxGap    = 14
	middle    = 260 // between the columns, for the edges
	letter    = 7.4 // mean width of one in a name
	small     = 6.2 // the same in the line below
	boxPad    = 28
	leastBox  = 150
)

// A drawing is the layout of a chart: bodies left, things right, each edge a
// curve from one to the other.
type drawing struct {
	*Graph
	row         []int // of each thing
	left, right int   // widths of the columns
	width       int
	height      int
}

// SVG is the chart as a picture that needs no other file, in the colors that
// the reader prefers.
func SVG(g *Graph) string {
	d := layout(g)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title">`+"\n", d.width, d.height)
	fmt.Fprintf(&b, "<title id=\"title\">goroutines of %s</title>\n<style>\n%s</style>\n", xmlText(g.Package), style)
	b.WriteString(`<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>` + "\n")
	fmt.Fprintf(&b, "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n", d.width, d.height)
	fmt.Fprintf(&b, "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>\n", margin, margin, xmlText(g.Package))
	d.legend(&b)
	for i := range g.Edges {
		d.edge(&b, &g.Edges[i])
	}
	for i := range g.Bodies {
		class := "body started"
		if g.Bodies[i].Starter == "" {
			class = "body"
		}
		box(&b, class, margin, d.bodyY(i), d.left, g.Bodies[i].label())
	}
	for i := range g.Things {
		box(&b, "thing "+className(g.Things[i].Kind), margin+d.left+middle, d.thingY(i), d.right, g.Things[i].label())
	}
	if g.IsEmpty() {
		fmt.Fprintf(&b, "<text class=\"note\" x=\"%d\" y=\"%d\">no goroutines, channels or locks</text>\n", margin, head+margin)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// layout places what there is. Things stand near those who use them.
func layout(g *Graph) *drawing {
	d := &drawing{Graph: g, row: make([]int, len(g.Things)), left: leastBox, right: leastBox}
	sum := make([]float64, len(g.Things))
	n := make([]float64, len(g.Things))
	for _, e := range g.Edges {
		sum[e.Thing] += float64(e.Body)
		n[e.Thing]++
	}
	things := make([]int, len(g.Things))
	for i := range things {
		things[i] = i
	}
	slices.SortStableFunc(things, func(i, j int) int {
		return cmp.Compare(sum[i]/max(n[i], 1), sum[j]/max(n[j], 1))
	})
	for row, i := range things {
		d.row[i] = row
		d.right = max(d.right, boxWidth(g.Things[i].label()))
	}
	for i := range g.Bodies {
		d.left = max(d.left, boxWidth(g.Bodies[i].label()))
	}
	rows := max(len(g.Bodies), len(g.Things), 1)
	d.width = 2*margin + d.left + middle + d.right
	d.height = head + margin + rows*(boxHeight+boxGap)
	return d
}

func boxWidth(label []string) int {
	w := letter * float64(utf8.RuneCountInString(label[0]))
	if len(label) > 1 {
		w = max(w, small*float64(utf8.RuneCountInString(label[1])))
	}
	return int(w) + boxPad
}

// y is the top of a row of a column with n rows, which takes all of the
// height.
func (d *drawing) y(row, n int) int {
	room := d.height - head - margin
	return head + margin/2 + (2*row+1)*room/(2*n) - boxHeight/2
}

func (d *drawing) bodyY(i int) int { return d.y(i, len(d.Bodies)) }

func (d *drawing) thingY(i int) int { return d.y(d.row[i], len(d.Things)) }

// legend shows the colors of the verbs that occur.
func (d *drawing) legend(b *strings.Builder) {
	x := margin
	for v := range Verb(len(verbs)) {
		if !slices.ContainsFunc(d.Edges, func(e Edge) bool { return e.Verb == v }) {
			continue
		}
		fmt.Fprintf(b, "<path class=\"edge %s\" d=\"M%d 44h20\"/><text class=\"note\" x=\"%d\" y=\"48\">%s</text>\n", verbClass(v), x, x+26, v)
		x += 26 + int(small*float64(len(v.String()))) + 18
	}
}

// edge draws a curve, with what it stands for as its title.
func (d *drawing) edge(b *strings.Builder, e *Edge) {
	// Edges of one box start at different heights, so that they can be told
	// apart.
	spread := func(k int) int { return boxHeight/2 + (k%5-2)*6 }
	x0, x1 := margin+d.left, margin+d.left+middle
	y0, y1 := d.bodyY(e.Body)+spread(e.Thing), d.thingY(e.Thing)+spread(int(e.Verb))
	end := "marker-end"
	if e.Verb.toBody() {
		end = "marker-start"
	}
	var at []string
	for _, u := range e.At {
		at = append(at, u.Func+" "+u.Posn)
	}
	fmt.Fprintf(b, "<path class=\"edge %s\" d=\"M%d %dC%d %d %d %d %d %d\" %s=\"url(#tip)\"><title>%s</title></path>\n",
		verbClass(e.Verb), x0, y0, x0+middle/2, y0, x1-middle/2, y1, x1, y1, end,
		xmlText(fmt.Sprintf("%s %s %s: %s", d.Bodies[e.Body].names(), e.Verb, d.Things[e.Thing].Name, strings.Join(at, ", "))))
}

// box draws a node with its label.
func box(b *strings.Builder, class string, x, y, width int, label []string) {
	fmt.Fprintf(b, "<g class=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"/>", class, x, y, width, boxHeight)
	if len(label) == 1 {
		fmt.Fprintf(b, "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text></g>\n", x+boxPad/2, y+27, xmlText(label[0]))
		return
	}
	x += boxPad / 2
	fmt.Fprintf(b, "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text><text class=\"note\" x=\"%d\" y=\"%d\">%s</text></g>\n",
		x, y+19, xmlText(label[0]), x, y+36, xmlText(label[1]))
}

func className(k Kind) string {
	return [...]string{Channel: "channel", Lock: "lock", Group: "group", Cond: "cond"}[k]
}

func verbClass(v Verb) string {
	switch v {
	case Sends:
		return "sends"
	case Receives:
		return "receives"
	case Closes:
		return "closes"
	case Locks, ReadLocks:
		return "locks"
	}
	return "groups"
}
