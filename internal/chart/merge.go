package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// merge makes one body of those that are entered from outside and do the same
// to the same things, as the exported methods of a type do that only lock.
// The first in the source gives its name.
func (b *builder) merge() {
	g := b.graph
	does := make([][]string, len(g.Bodies))
	for key := range b.edges {
		does[key.body] = append(does[key.body], fmt.Sprintf("%d %d", key.thing, key.verb))
	}
	entered := order(g.Bodies, func(i int) bool { return g.Bodies[i].Starter == "" && len(does[i]) > 0 }, compareBodies)
	first := make(map[string]int)
	into := make(map[int]int)
	for _, i := range entered {
		slices.Sort(does[i])
		all := strings.Join(does[i], ",")
		if j, ok := first[all]; ok {
			into[i] = j
			g.Bodies[j].Also = append(g.Bodies[j].Also, g.Bodies[i].Name)
			continue
		}
		first[all] = i
	}
	for key, e := range b.edges {
		if to, ok := into[key.body]; ok {
			kept := b.edges[edgeKey{to, key.thing, key.verb}]
			kept.At = append(kept.At, e.At...)
			delete(b.edges, key)
		}
	}
}

// names are those of a body, the first few.
func (b *Body) names() string {
	switch n := len(b.Also); n {
	case 0:
		return b.Name
	case 1:
		return b.Name + " and " + b.Also[0]
	default:
		return fmt.Sprintf("%s and %d more", b.Name, n)
	}
}

// sorted returns uses in the order of the source, each once.
func sorted(at []Use) []Use {
	slices.SortFunc(at, func(x, y Use) int { return cmp.Or(comparePosn(x.Posn, y.Posn), cmp.Compare(x.Func, y.Func)) })
	return slices.Compact(at)
}
