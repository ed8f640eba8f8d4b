package chart

import (
	"fmt"
	"strings"
)

// Text is the chart as lists.
func Text(g *Graph) string {
	if g.IsEmpty() {
		return g.Package + " has no goroutines, channels or locks\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\ngoroutines\n", g.Package)
	for i := range g.Bodies {
		body := &g.Bodies[i]
		lines := body.label()
		if body.Starter == "" {
			lines[1] = "entered from outside, " + lines[1]
		}
		fmt.Fprintf(&b, "  %s (%s)\n", lines[0], lines[1])
		if len(body.Also) > 1 {
			fmt.Fprintf(&b, "      %s\n", strings.Join(body.Also, ", "))
		}
	}
	last := -1
	for i := range g.Things {
		t := &g.Things[i]
		if int(t.Kind) != last {
			last = int(t.Kind)
			fmt.Fprintf(&b, "\n%s\n", kinds[t.Kind])
		}
		fmt.Fprintf(&b, "  %s", t.Name)
		if t.Kind == Channel && t.about() != "" {
			fmt.Fprintf(&b, ": %s", t.about())
		}
		b.WriteString("\n")
		g.writeEdges(&b, i)
	}
	return b.String()
}

// writeEdges lists who uses a thing, and where.
func (g *Graph) writeEdges(b *strings.Builder, thing int) {
	for i := range g.Edges {
		e := &g.Edges[i]
		if e.Thing != thing {
			continue
		}
		body := &g.Bodies[e.Body]
		fmt.Fprintf(b, "      %s: %s", e.Verb, body.label()[0])
		for j, at := range e.At {
			sep := " ("
			if j > 0 {
				sep = ", "
			}
			b.WriteString(sep)
			if at.Func != body.Name || len(body.Also) > 0 {
				b.WriteString(at.Func + " ")
			}
			b.WriteString(at.Posn)
		}
		b.WriteString(")\n")
	}
}
