package place

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// DependsOn reports whether p means something else each time that v is
// computed: v is its root, or the index of an element on its path.
func (p Place) DependsOn(v ssa.Value) bool {
	return p.root == v || strings.Contains(p.path, "["+v.Name()+"]")
}

// Reindex is p with the arguments of a call for the parameters that are indices of
// elements on its path, all at once.
func (p Place) Reindex(params []*ssa.Parameter, args []ssa.Value) Place {
	if !strings.Contains(p.path, "[") {
		return p
	}
	var names []string
	for i, param := range params {
		names = append(names, "["+param.Name()+"]", "["+args[i].Name()+"]")
	}
	p.path = strings.NewReplacer(names...).Replace(p.path)
	return p
}

// Within reports whether p is reached through q.
func (p Place) Within(q Place) bool {
	if p.IsZero() || p.root != q.root || len(p.path) <= len(q.path) {
		return false
	}
	rest, ok := strings.CutPrefix(p.path, q.path)
	return ok && (rest[0] == '.' || rest[0] == '[')
}

// Container is the place whose element p is, zero if p is not an element.
func (p Place) Container() Place {
	i := strings.LastIndex(p.path, "[")
	if i < 0 || !strings.HasSuffix(p.path, "]") {
		return Place{}
	}
	return Place{p.root, p.path[:i], p.field}
}

// After renders the selections that lead from q to p, which is within q.
func (p Place) After(q Place) string { return renderPath(strings.TrimPrefix(p.path, q.path)) }
