package conc

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// A Trust is what a value was made with that it may use when it is called, or
// a method of it is.
type Trust struct {
	Calls []*CallSite   // the functions, as they would be called without arguments
	Locks []place.Place // the locks whose address it was given
}

// farTrust bounds how many values a Trust is followed through.
const farTrust = 24

// Entrusted returns what v was made with: if it is a function, that; if it is the
// result of a call or a composite literal, the functions and locks that were
// given to it; if it is an element of a slice, what was appended.
//
// Method. The values that v is made of are followed backwards in the function.
// What was stored in objects that it was given is not known, so calls and locks
// are missed; none is invented, but what a call does with them is not asked.
func (p *Package) Entrusted(v ssa.Value) Trust {
	t := trust{p: p, seen: make(map[ssa.Value]bool)}
	t.follow(v)
	return t.Trust
}

// trust collects a Trust.
type trust struct {
	Trust
	p    *Package
	seen map[ssa.Value]bool
}

func (t *trust) follow(v ssa.Value) {
	if v == nil || t.seen[v] || len(t.seen) == farTrust {
		return
	}
	t.seen[v] = true
	switch v := v.(type) {
	case *ssa.Function:
		t.addFunc(v)
	case *ssa.MakeClosure:
		t.addFunc(v)
		if strings.HasPrefix(v.Fn.(*ssa.Function).Synthetic, "bound method wrapper") {
			t.follow(v.Bindings[0]) // the receiver
		}
	case *ssa.Call:
		if isSignature(v.Type()) {
			t.addFunc(v)
		}
		t.result(v)
	case *ssa.Extract:
		if isSignature(v.Type()) {
			t.addFunc(v)
		}
		t.follow(v.Tuple)
	case *ssa.Phi:
		for _, e := range v.Edges {
			t.follow(e)
		}
	case *ssa.MakeInterface:
		t.follow(v.X)
	case *ssa.ChangeInterface:
		t.follow(v.X)
	case *ssa.ChangeType:
		t.follow(v.X)
	case *ssa.Slice:
		t.follow(v.X)
	case *ssa.FreeVar:
		t.follow(t.p.Places.Binding(v))
	case *ssa.UnOp:
		t.load(v)
	case *ssa.Alloc:
		t.fields(v)
	}
}

// result follows the call that made a value.
func (t *trust) result(call *ssa.Call) {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() == "append" {
			t.follow(call.Call.Args[0])
			t.follow(call.Call.Args[1])
		}
		return
	}
	for _, a := range call.Call.Args {
		t.give(a)
	}
}

// load follows what a variable or an element holds.
func (t *trust) load(v *ssa.UnOp) {
	if elem, ok := v.X.(*ssa.IndexAddr); ok {
		t.follow(elem.X)
		return
	}
	t.follow(v.X) // a variable: what it is made of as a whole, or field by field
	for _, val := range t.p.Places.Stored(v.X) {
		t.follow(val)
	}
}

// fields follows what is stored in the fields, or elements, of a variable or
// literal.
func (t *trust) fields(alloc *ssa.Alloc) {
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == alloc {
				t.follow(ref.Val)
			}
		case *ssa.FieldAddr:
			t.stores(ref)
		case *ssa.IndexAddr:
			t.stores(ref)
		}
	}
}

func (t *trust) stores(addr ssa.Value) {
	for _, ref := range *addr.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == addr {
			t.give(st.Val)
		}
	}
}

// give follows v if it is a function, and takes note of it if it is a lock.
func (t *trust) give(v ssa.Value) {
	switch {
	case isSignature(v.Type()):
		t.follow(v)
	case isLockRef(v.Type()):
		if call, ok := v.(*ssa.Call); ok && isRLocker(&call.Call) {
			v = call.Call.Args[0]
		}
		if pl := t.p.Places.Of(v); !pl.IsZero() {
			t.Locks = append(t.Locks, pl)
		}
	}
}

// addFunc adds the function that v is.
func (t *trust) addFunc(v ssa.Value) {
	site := &CallSite{Targets: t.p.Resolve(v, nil)}
	if obj, recv := t.p.boundOp(v, 4); obj != nil && obj.Pkg() != t.p.Types {
		site.Obj, site.Args = obj, []place.Place{recv}
	}
	if len(site.Targets) > 0 || site.Obj != nil {
		t.Calls = append(t.Calls, site)
	}
}

// Unlocks reports whether a call is of a method that releases a lock, which is
// then its first argument.
func (s *CallSite) Unlocks() bool {
	if s.Obj == nil || len(s.Args) == 0 {
		return false
	}
	op := known.OpOf(s.Obj.FullName())
	return op == known.Unlock || op == known.RUnlock
}

func isSignature(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// isLockRef reports whether t is a pointer to a mutex, or an interface of one.
func isLockRef(t types.Type) bool {
	_, isPtr := t.Underlying().(*types.Pointer)
	if !isPtr && !types.IsInterface(t) {
		return false
	}
	obj, index, _ := types.LookupFieldOrMethod(t, false, nil, "Unlock")
	fn, ok := obj.(*types.Func)
	return ok && len(index) == 1 && known.OpOf(fn.FullName()) == known.Unlock
}
