package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// none is the cell of a contender that an item does not have.
const none = "–"

// timesTable shows what one operation of each item costs.
func timesTable(items []item, results []result) string {
	var b strings.Builder
	b.WriteString("| ns per operation | " + strings.Join(columns, " | ") + " | allocs native | allocs ours | public libraries |\n")
	b.WriteString("|---|" + strings.Repeat("--:|", len(columns)+2) + "---|\n")
	for i, it := range items {
		r := results[i]
		cells := []string{it.name}
		for _, name := range columns {
			cells = append(cells, r.cell(name, func(c cost) string { return digits(c.ns) }))
		}
		for _, name := range []string{native, ours} {
			cells = append(cells, r.cell(name, func(c cost) string { return fmt.Sprintf("%.1f", c.allocs) }))
		}
		cells = append(cells, r.publicCell(it))
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

// cell returns one number of a contender.
func (r result) cell(name string, show func(cost) string) string {
	if c, ok := r[name]; ok {
		return show(c)
	}
	return none
}

// publicCell returns the times of all that have no column, fastest first.
func (r result) publicCell(it item) string {
	var names []string
	for _, c := range it.contenders {
		if !slices.Contains(columns, c.name) {
			names = append(names, c.name)
		}
	}
	if len(names) == 0 {
		return none
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(r[a].ns, r[b].ns) })
	for i, name := range names {
		names[i] = name + " " + digits(r[name].ns)
		if r[name].allocs >= 0.1 {
			names[i] += fmt.Sprintf(" (%.1f allocs)", r[name].allocs)
		}
	}
	return strings.Join(names, ", ")
}

// targetsTable compares the ratios with the targets.
func targetsTable(items []item, results []result) string {
	var b strings.Builder
	b.WriteString("| item | what | to what | ratio | target | |\n|---|---|---|--:|--:|---|\n")
	for i, it := range items {
		for _, t := range it.targets {
			ratio := results[i][t.subject].ns / results[i][t.base].ns
			verdict := "met"
			if ratio > t.limit {
				verdict = "**missed**"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %.2f | %.2f | %s |\n", it.name, t.subject, t.base, ratio, t.limit, verdict)
		}
	}
	return b.String()
}

// digits shows about three digits of a time.
func digits(ns float64) string {
	if ns < 100 {
		return fmt.Sprintf("%.1f", ns)
	}
	return fmt.Sprintf("%.0f", ns)
}
