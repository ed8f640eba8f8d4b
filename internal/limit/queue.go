package limit

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// A Queue is a list that grows with what comes in, and that nothing limits.
type Queue struct {
	Fn     *conc.Func
	Name   string   // the user's name for the list
	Recv   conc.Use // what fills it, of no operation for a Mailbox
	Append token.Pos
	Take   token.Pos // where its first element is taken off
}

// Bridges are the functions of the package that receive from one channel,
// keep what they get in a list, and send the list's first element on another
// channel, so that nobody waits who sends to them.
//
// False positive: a limit that is kept by a called function. False negative: a
// list that is not a slice.
func Bridges(r *effect.Result) []Queue {
	var out []Queue
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind == conc.Select && r.InLoop(op) && len(op.Offers()) > 0 {
				out = append(out, bridges(r, op)...)
			}
		}
	}
	return out
}

// bridges are the lists that the cases of a select fill and empty.
func bridges(r *effect.Result, op *conc.Op) []Queue {
	var out []Queue
	for _, u := range op.Receives() {
		if q, ok := bridge(r, op.Fn, u); ok {
			out = append(out, q)
		}
	}
	return out
}

// bridge recognizes a list that grows by what u receives.
func bridge(r *effect.Result, f *conc.Func, u conc.Use) (Queue, bool) {
	item := u.Item()
	if item == nil {
		return Queue{}, false
	}
	for instr := range f.Instrs {
		call, ok := instr.(*ssa.Call)
		if !ok || !appends(call, item) {
			continue
		}
		l := newList(r, f, call)
		if take := l.taken(); take.IsValid() && !l.limited() && l.sentBy(u.Op) && !distinct(r, f, call, item, take) {
			return Queue{Fn: f, Name: l.name, Recv: u, Append: call.Pos(), Take: take}, true
		}
	}
	return Queue{}, false
}

// appends reports whether a call is append(list, item), the item perhaps in
// another form.
func appends(call *ssa.Call, item ssa.Value) bool {
	b, ok := call.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "append" {
		return false
	}
	list, ok := call.Call.Args[1].(*ssa.Slice)
	if !ok {
		return false
	}
	array, ok := list.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *array.Referrers() {
		ia, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, ref := range *ia.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && (item == nil || madeOf(st.Val, item, 3)) {
				return true
			}
		}
	}
	return false
}

// madeOf reports whether v is item, or a field or conversion of it.
func madeOf(v, item ssa.Value, depth int) bool {
	if v == item {
		return true
	}
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Field:
		return madeOf(v.X, item, depth-1)
	case *ssa.FieldAddr:
		return madeOf(v.X, item, depth-1)
	case *ssa.UnOp:
		return madeOf(v.X, item, depth-1)
	case *ssa.Convert:
		return madeOf(v.X, item, depth-1)
	case *ssa.ChangeType:
		return madeOf(v.X, item, depth-1)
	case *ssa.MakeInterface:
		return madeOf(v.X, item, depth-1)
	}
	return false
}

// list is a slice in a variable or field: all values that it has in turn.
type list struct {
	r      *effect.Result
	f      *conc.Func
	values map[ssa.Value]bool
	place  place.Place // of the field or captured variable it is kept in
	name   string
}

// newList collects the values of the list that is appended to.
func newList(r *effect.Result, f *conc.Func, app *ssa.Call) *list {
	l := &list{r: r, f: f, values: make(map[ssa.Value]bool)}
	if load, ok := app.Call.Args[0].(*ssa.UnOp); ok && load.Op == token.MUL {
		l.place = r.Places.Of(load.X)
		l.name = l.place.String()
		for instr := range f.Instrs {
			if load, ok := instr.(*ssa.UnOp); ok && load.Op == token.MUL && r.Places.Of(load.X) == l.place {
				l.add(load)
			}
		}
	}
	l.add(app)
	l.add(app.Call.Args[0])
	return l
}

func (l *list) add(v ssa.Value) {
	if l.values[v] || v.Referrers() == nil {
		return
	}
	switch v := v.(type) {
	case *ssa.Phi:
		l.values[v] = true
		if l.name == "" {
			l.name = v.Comment
		}
		for _, e := range v.Edges {
			l.add(e)
		}
	case *ssa.Slice:
		l.values[v] = true
		l.add(v.X)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" {
			return
		}
		l.values[v] = true
		l.add(v.Call.Args[0])
	case *ssa.UnOp:
		l.values[v] = true
	default:
		return
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Phi:
			l.add(ref)
		case *ssa.Slice:
			l.add(ref)
		}
	}
}

// taken is where the first element is taken off the list, if it is.
func (l *list) taken() token.Pos {
	for instr := range l.f.Instrs {
		if sl, ok := instr.(*ssa.Slice); ok && l.values[sl] && conc.Const(sl.Low) == 1 && sl.High == nil {
			return sl.Pos()
		}
	}
	return token.NoPos
}

// limited reports whether the length of the list is compared with anything but
// nothing.
func (l *list) limited() bool {
	for v := range l.values {
		if lengthCompared(v) {
			return true
		}
	}
	return false
}

// lengthCompared reports whether len(v), or cap(v), is compared.
func lengthCompared(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok {
			continue
		}
		b, ok := call.Call.Value.(*ssa.Builtin)
		if ok && (b.Name() == "len" || b.Name() == "cap") && (compared(call) || passedOn(call)) {
			return true
		}
	}
	return false
}

// passedOn reports whether a length goes to a function, or into arithmetic,
// where it may be compared.
func passedOn(length *ssa.Call) bool {
	for _, ref := range *length.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if _, ok := ref.Call.Value.(*ssa.Builtin); ok {
				return true // min, max
			}
		case *ssa.BinOp:
			if compared(ref) {
				return true
			}
		}
	}
	return false
}

// sentBy reports whether a case of a select sends an element of the list.
func (l *list) sentBy(op *conc.Op) bool {
	for _, st := range op.Instr.(*ssa.Select).States {
		if st.Dir == types.SendOnly && l.element(st.Send, 4) {
			return true
		}
	}
	return false
}

// element reports whether v is an element of the list, or may be.
func (l *list) element(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return false
		}
		if ia, ok := v.X.(*ssa.IndexAddr); ok {
			return l.values[ia.X]
		}
		for _, st := range l.r.Places.Stored(v.X) {
			if l.element(st, depth-1) {
				return true
			}
		}
		return l.element(v.X, depth-1)
	case *ssa.FieldAddr:
		return l.element(v.X, depth-1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if l.element(e, depth-1) {
				return true
			}
		}
	case *ssa.MakeInterface:
		return l.element(v.X, depth-1)
	}
	return false
}
