//go:build unix

package main

import (
	"fmt"
	"slices"
	"strings"
)

// table renders the samples of all rounds, which are in the order of the
// tools. Ratios are to the first tool of the same round; every number is the
// median of the rounds.
func table(tools []tool, rounds [][]sample) string {
	var b strings.Builder
	b.WriteString("| tool | CPU, cold | CPU s | wall s | warm CPU s | peak MiB | peak |\n")
	b.WriteString("|---|--:|--:|--:|--:|--:|--:|\n")
	for i, tool := range tools {
		of := func(value func(s, base sample) float64) float64 {
			var values []float64
			for _, round := range rounds {
				values = append(values, value(round[i], round[0]))
			}
			return median(values)
		}
		fmt.Fprintf(&b, "| %s | %.2f | %.1f | %.1f | %.2f | %.0f | %.2f |\n", tool.name,
			of(func(s, base sample) float64 { return s.cold.cpu.Seconds() / base.cold.cpu.Seconds() }),
			of(func(s, _ sample) float64 { return s.cold.cpu.Seconds() }),
			of(func(s, _ sample) float64 { return s.cold.wall.Seconds() }),
			of(func(s, _ sample) float64 { return s.warm.cpu.Seconds() }),
			of(func(s, _ sample) float64 { return float64(s.cold.peak) / (1 << 20) }),
			of(func(s, base sample) float64 { return float64(s.cold.peak) / float64(base.cold.peak) }))
	}
	return b.String()
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
