// Package place names the channels, locks and other values of a function.
//
// A Place is a root and the selections that lead from it: s.mu, h.subs[k].ch,
// a local, a captured variable, a global, a parameter, the channel made on
// line 12. Two expressions with equal places denote the same object, as far
// as one function can tell; a field is further identified by its declaration,
// so all uses of an unexported field in its package can be joined without a
// points-to analysis.
//
// Method. A place is read off SSA form, backwards from the value: selections
// and loads are followed to a root, pointers are not told from what they
// point to, a captured variable is what was bound, and a variable that is
// stored to once is the value stored. What is ignored: reassignment of a
// field between two uses (two loads of s.ch are one place), and aliases made
// through memory. Both err towards joining what may differ, which callers
// that want proof must exclude by looking at [Place.Kind] and [Place.Elem].
package place

import (
	"cmp"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Kind says what the root of a place is.
type Kind uint8

const (
	None   Kind = iota // the zero Place: nothing is known
	Param              // a parameter or the receiver
	Global             // a package-level variable
	Local              // a local variable or a composite literal, by its allocation
	Made               // a channel, by the place where it is made
	Value              // any other value: a call's result, an element, a type switch
)

// A Place names a storage location or the value in it. Places are comparable;
// the zero Place is equal to itself only and denotes nothing.
type Place struct {
	root  ssa.Value
	path  string     // selections: ".conn.mu", ".shards[i].mu"
	field *types.Var // the last field selected, or nil; its origin if generic
}

// A Join identifies what the places of different functions have in common: a
// field by its declaration, an element by the field or variable that holds its
// container, a variable by itself. The zero Join stands for what cannot be
// followed from one function to another.
type Join struct {
	obj  any // *types.Var, *ssa.Global, *ssa.Alloc or *ssa.MakeChan
	elem bool
}

// An Owner is a place without its last selection, for comparing whether two
// fields belong to the same object.
type Owner struct {
	root ssa.Value
	path string
}

// IsZero reports whether p denotes nothing.
func (p Place) IsZero() bool { return p.root == nil }

// Root is the value that p starts from, nil for the zero Place.
func (p Place) Root() ssa.Value { return p.root }

// IsRoot reports whether p has no selections.
func (p Place) IsRoot() bool { return p.path == "" }

// Field is the struct field that p selects last, or nil if p selects none or
// is an element. Fields of instantiated types are given by their generic
// origin.
func (p Place) Field() *types.Var {
	if strings.HasSuffix(p.path, "]") {
		return nil
	}
	return p.field
}

// Join is what p has in common with places of other functions.
func (p Place) Join() Join {
	elem := strings.HasSuffix(p.path, "]")
	if p.field != nil {
		return Join{p.field, elem}
	}
	switch root := p.root.(type) {
	case *ssa.Global, *ssa.Alloc, *ssa.MakeChan:
		return Join{root, elem}
	}
	return Join{}
}

// IsZero reports whether j joins nothing.
func (j Join) IsZero() bool { return j.obj == nil }

// Field is the field that j stands for, or whose elements it stands for.
func (j Join) Field() *types.Var {
	f, _ := j.obj.(*types.Var)
	return f
}

// Elem reports whether p passes through an element of a map, slice or array.
// Equal places with an element may denote different objects at different
// times.
func (p Place) Elem() bool { return strings.Contains(p.path, "[") }

// Kind says what the root of p is.
func (p Place) Kind() Kind {
	switch p.root.(type) {
	case nil:
		return None
	case *ssa.Parameter:
		return Param
	case *ssa.Global:
		return Global
	case *ssa.Alloc:
		return Local
	case *ssa.MakeChan:
		return Made
	}
	return Value
}

// Owner is p without its last selection.
func (p Place) Owner() Owner {
	i := strings.LastIndexAny(p.path, ".[")
	if i < 0 {
		return Owner{root: p.root}
	}
	return Owner{p.root, p.path[:i]}
}

// Select is the field of p.
func (p Place) Select(field *types.Var) Place {
	if p.IsZero() {
		return p
	}
	return Place{p.root, p.path + "." + field.Name(), field.Origin()}
}

// Index is the element of p at idx.
func (p Place) Index(idx ssa.Value) Place {
	if p.IsZero() {
		return p
	}
	return Place{p.root, p.path + "[" + idx.Name() + "]", p.field}
}

// Follow finds the place that stands to p as to stands to from: another field
// of the same object. It is zero if p is not reached like from, or to not
// from the same root.
func (p Place) Follow(from, to Place) Place {
	if from.root != to.root {
		if to.Kind() == Global {
			return to
		}
		return Place{}
	}
	prefix, ok := strings.CutSuffix(p.path, from.path)
	if !ok {
		return Place{}
	}
	return Place{p.root, prefix + to.path, to.field}
}

// In is p with its root replaced by to: the substitution of an argument for a
// parameter.
func (p Place) In(to Place) Place {
	if p.IsZero() || to.IsZero() {
		return Place{}
	}
	q := Place{to.root, to.path + p.path, p.field}
	if p.field == nil { // p selects elements only, if anything
		q.field = to.field
	}
	return q
}

// SameRelation reports whether a and b stand to each other as c and d do:
// either both pairs are fields of one object, reached by the same paths, or
// the pair denotes the same places outright. It is how a lock and a channel
// in one function are matched with a lock and a channel in another.
func SameRelation(a, b, c, d Place) bool {
	if a == c && b == d {
		return true
	}
	if a.IsZero() || b.IsZero() || c.IsZero() || d.IsZero() {
		return false
	}
	if a.Kind() == Global || c.Kind() == Global { // one object in the whole program
		return a == c && (b == d || !b.Join().IsZero() && b.Join() == d.Join())
	}
	if b.Kind() == Global || d.Kind() == Global {
		return b == d && a.field != nil && a.Join() == c.Join()
	}
	if a.field == nil || b.field == nil || a.Join() != c.Join() || b.Join() != d.Join() {
		return false
	}
	// The common prefix may differ (s.x.mu and s.x.ch against x.mu and x.ch),
	// what follows it may not.
	if a.root != b.root || c.root != d.root {
		return false
	}
	lock, ch := tails(a.path, b.path)
	lock2, ch2 := tails(c.path, d.path)
	// One element's lock says nothing of another element's channel.
	return lock == lock2 && !strings.Contains(lock, "[") && fixed(ch) == fixed(ch2)
}

// Siblings reports whether a and b are reached from one root.
func Siblings(a, b Place) bool { return a.root == b.root }

// Alike reports whether a and b are reached from parameters of their functions
// by the same fields, as a receiver's field is in all methods of a type, or
// are the same outright.
func Alike(a, b Place) bool {
	if a == b {
		return true
	}
	return a.Kind() == Param && b.Kind() == Param && a.field != nil && a.field == b.field &&
		a.path == b.path && !a.Elem()
}

// tails cuts the common prefix off two paths, at the boundary of a selection.
func tails(p, q string) (string, string) {
	n := 0
	for i := 0; i < len(p) && i < len(q) && p[i] == q[i]; i++ {
		if p[i] == '.' || p[i] == '[' {
			n = i
		}
	}
	return p[n:], q[n:]
}

// fixed is path with its indices made equal: they are names within one
// function only.
func fixed(path string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(path, '[')
		if i < 0 {
			b.WriteString(path)
			return b.String()
		}
		b.WriteString(path[:i] + "[]")
		path = path[i+strings.IndexByte(path[i:], ']')+1:]
	}
}

// String renders p as the user would write it: "s.mu". Roots that have no
// name are rendered by their role: "the channel", "a value".
func (p Place) String() string {
	if p.IsZero() {
		return "a value"
	}
	name := rootName(p.root)
	if p.path == "" {
		return cmp.Or(name, "a value")
	}
	if name == "" || strings.Contains(name, " ") {
		// No name to select from: the field alone says more than a role.
		return strings.TrimLeft(renderPath(p.path), ".")
	}
	return name + renderPath(p.path)
}

// renderPath replaces the identities of computed indices, which are SSA
// registers, by dots.
func renderPath(path string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(path, '[')
		if i < 0 {
			b.WriteString(path)
			return b.String()
		}
		j := i + strings.IndexByte(path[i:], ']')
		b.WriteString(path[:i])
		idx, _, constant := strings.Cut(path[i+1:j], ":")
		if !constant && isRegister(idx) || strings.Contains(idx, `"`) {
			idx = "..."
		}
		b.WriteString("[" + idx + "]")
		path = path[j+1:]
	}
}

// isRegister reports whether s is a name that SSA construction made up.
func isRegister(s string) bool {
	rest, ok := strings.CutPrefix(s, "t")
	return ok && rest != "" && strings.Trim(rest, "0123456789") == "" || strings.ContainsAny(s, " :\"")
}

// rootName is the user's name for a root, or its role, or "".
func rootName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Alloc:
		switch v.Comment {
		case "", "complit", "new", "makeslice", "slicelit", "varargs":
			return "a value"
		}
		return v.Comment
	case *ssa.MakeChan:
		return "the channel"
	case *ssa.Phi:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, "&|") {
			return v.Comment
		}
	case *ssa.Extract:
		return ""
	}
	return ""
}

// Rebase is the inverse of In: p seen from a function whose parameter param
// was given the argument arg. It is zero if p is not reached through arg.
// Globals are the same in every function.
func (p Place) Rebase(arg Place, param *ssa.Parameter) Place {
	switch {
	case p.Kind() == Global:
		return p
	case p.IsZero() || arg.root != p.root:
		return Place{}
	}
	rest, ok := strings.CutPrefix(p.path, arg.path)
	if !ok || rest != "" && rest[0] != '.' && rest[0] != '[' {
		return Place{}
	}
	q := Place{root: param, path: rest}
	if strings.Contains(rest, ".") {
		q.field = p.field
	}
	return q
}

// Path lists the fields that p selects, from its root.
func (p Place) Path() []string {
	if p.path == "" {
		return nil
	}
	return strings.Split(p.path[1:], ".")
}
