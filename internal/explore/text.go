package explore

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text tells w for a terminal: a numbered line for each step, and at its end
// one for each stuck goroutine. at renders positions, to be put at the end of
// the lines; it may be nil.
func (w *Witness) Text(at func(site int) string) string {
	rows := slices.Concat(w.Steps, w.Stuck)
	name, what := 0, 0
	for _, st := range rows {
		name = max(name, utf8.RuneCountInString(w.Lanes[st.Lane].Name))
		what = max(what, utf8.RuneCountInString(st.What))
	}
	digits := len(fmt.Sprint(len(rows)))
	var b strings.Builder
	for i, st := range rows {
		line := fmt.Sprintf("%*d  %-*s  %-*s", digits, i+1, name, w.Lanes[st.Lane].Name, what, st.What)
		if at != nil {
			line += "  " + at(st.Site)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
