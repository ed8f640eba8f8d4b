package chart

import (
	"fmt"
	"html"
	"strings"
)

// Mermaid is the chart as a flowchart that Markdown pages can hold.
func Mermaid(g *Graph) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i := range g.Bodies {
		shape := [2]string{"([", "])"}
		if g.Bodies[i].Starter == "" {
			shape = [2]string{"[", "]"}
		}
		fmt.Fprintf(&b, "    b%d%s\"%s\"%s\n", i, shape[0], mermaidText(g.Bodies[i].label()), shape[1])
	}
	for i := range g.Things {
		shape := [...][2]string{Channel: {"[/", "/]"}, Lock: {"{{", "}}"}, Group: {"[[", "]]"}, Cond: {"((", "))"}}[g.Things[i].Kind]
		fmt.Fprintf(&b, "    t%d%s\"%s\"%s\n", i, shape[0], mermaidText(g.Things[i].label()), shape[1])
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to, arrow := fmt.Sprint("b", e.Body), fmt.Sprint("t", e.Thing), "-->"
		switch {
		case e.Verb.toBody():
			from, to = to, from
		case g.Things[e.Thing].Kind != Channel:
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "    %s %s|%s| %s\n", from, arrow, e.Verb.String()+e.times(), to)
	}
	return b.String()
}

// mermaidText is a label in quotes: Mermaid reads entities there, and its own
// signs as they are.
func mermaidText(lines []string) string {
	quoted := make([]string, len(lines))
	for i, l := range lines {
		quoted[i] = strings.NewReplacer("&", "#amp;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "`", "#96;").Replace(l)
	}
	return strings.Join(quoted, "<br>")
}

// DOT is the chart as a graph for Graphviz.
func DOT(g *Graph) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n", dotText([]string{g.Package}))
	b.WriteString("\trankdir=LR\n\tnode [fontname=\"sans-serif\" fontsize=11]\n\tedge [fontname=\"sans-serif\" fontsize=9]\n")
	for i := range g.Bodies {
		style := "rounded"
		if g.Bodies[i].Starter == "" {
			style = "solid"
		}
		fmt.Fprintf(&b, "\tb%d [shape=box style=%s label=%s]\n", i, style, dotText(g.Bodies[i].label()))
	}
	for i := range g.Things {
		shape := [...]string{Channel: "cds", Lock: "hexagon", Group: "component", Cond: "ellipse"}[g.Things[i].Kind]
		fmt.Fprintf(&b, "\tt%d [shape=%s label=%s]\n", i, shape, dotText(g.Things[i].label()))
	}
	for i := range g.Edges {
		e := &g.Edges[i]
		from, to, style := fmt.Sprint("b", e.Body), fmt.Sprint("t", e.Thing), ""
		switch {
		case e.Verb.toBody():
			from, to = to, from
		case g.Things[e.Thing].Kind != Channel:
			style = " style=dashed"
		}
		fmt.Fprintf(&b, "\t%s -> %s [label=%s%s]\n", from, to, dotText([]string{e.Verb.String() + e.times()}), style)
	}
	b.WriteString("}\n")
	return b.String()
}

// dotText is a quoted string of DOT.
func dotText(lines []string) string {
	s := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.Join(lines, "\x00"))
	return `"` + strings.ReplaceAll(s, "\x00", `\n`) + `"`
}

// xmlText is text in XML.
func xmlText(s string) string { return html.EscapeString(s) }
