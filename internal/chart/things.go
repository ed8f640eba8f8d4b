package chart

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// A use is an operation on one thing.
type use struct {
	op   *conc.Op
	at   place.Place
	kind Kind
	verb Verb
	expr string // the user's expression for the thing
	pos  token.Pos
}

// effects are what the operations that need nothing else do, and to what.
var effects = map[conc.Kind]struct {
	kind Kind
	verb Verb
}{
	conc.Send: {Channel, Sends}, conc.Recv: {Channel, Receives}, conc.Close: {Channel, Closes},
	conc.Lock: {Lock, Locks}, conc.TryLock: {Lock, Locks}, conc.RLock: {Lock, ReadLocks}, conc.TryRLock: {Lock, ReadLocks},
	conc.Add: {Group, Adds}, conc.Done: {Group, Ends}, conc.Wait: {Group, Waits},
	conc.CondWait: {Cond, Waits}, conc.Signal: {Cond, Wakes}, conc.Broadcast: {Cond, Wakes},
}

// uses are the things that an operation works on. Timers and contexts are
// none: nobody in the package is on their other side.
func uses(op *conc.Op) []use {
	if op.Kind == conc.Select {
		var out []use
		for i, c := range op.Cases {
			verb := Receives
			if c.Send {
				verb = Sends
			}
			if c.Bound == conc.Unbounded {
				out = append(out, use{op, c.Place, Channel, verb, op.CaseExpr(i), c.Pos})
			}
		}
		return out
	}
	e, ok := effects[op.Kind]
	if !ok || op.Bound != conc.Unbounded {
		return nil
	}
	return []use{{op, op.Place, e.kind, e.verb, op.Expr(), op.Pos()}}
}

// note adds a use to the chart.
func (b *builder) note(body int, fr *frame, u use) {
	if u.at.IsZero() {
		return // nil, or what no name leads to
	}
	key := edgeKey{body, b.thing(fr, u), u.verb}
	if b.edges[key] == nil {
		b.edges[key] = &Edge{Body: key.body, Thing: key.thing, Verb: key.verb}
	}
	e := b.edges[key]
	e.At = append(e.At, Use{funcName(fr.f), b.posn(u.pos)})
}

// thing returns the index of what u works on, which is new or known.
func (b *builder) thing(fr *frame, u use) int {
	at := b.resolve(u.at, fr)
	id := identity(at)
	i, ok := b.things[id]
	if !ok {
		i = len(b.graph.Things)
		b.things[id] = i
		t := Thing{Kind: u.kind, Name: b.thingName(at, u), Posn: b.posn(u.pos)}
		if f := at.Join().Field(); f != nil && f.Pkg() == b.Types {
			t.Posn = b.posn(f.Pos())
		}
		b.graph.Things = append(b.graph.Things, t)
	}
	if t := &b.graph.Things[i]; t.Kind == Channel {
		b.complete(t, at, u)
	}
	return i
}

// complete fills in what u tells about a channel.
func (b *builder) complete(t *Thing, at place.Place, u use) {
	t.Room = cmp.Or(t.Room, b.room(at))
	if ch := chanType(u); ch != nil && t.Type == "" {
		both := types.NewChan(types.SendRecv, ch.Elem())
		t.Type = types.TypeString(both, types.RelativeTo(b.Types))
	}
}

// chanType is the type of the channel that u works on.
func chanType(u use) *types.Chan {
	var v ssa.Value
	switch instr := u.op.Instr.(type) {
	case *ssa.Send:
		v = instr.Chan
	case *ssa.UnOp:
		v = instr.X
	case *ssa.Select:
		for _, st := range instr.States {
			if st.Pos == u.pos {
				v = st.Chan
			}
		}
	case ssa.CallInstruction: // of close
		if args := instr.Common().Args; len(args) > 0 {
			v = args[0]
		}
	}
	if v == nil {
		return nil
	}
	ch, _ := v.Type().Underlying().(*types.Chan)
	return ch
}

// room says how much a channel holds.
func (b *builder) room(at place.Place) string {
	var all []string
	for _, mk := range b.Uses(at).Makes {
		s := b.roomOf(mk)
		if len(all) == 0 || all[len(all)-1] != s {
			all = append(all, s)
		}
	}
	return strings.Join(all, " or ")
}

// roomOf says how much a channel has room for where it is made.
func (b *builder) roomOf(mk *conc.Op) string {
	switch n := b.Cap(mk.Size); {
	case n == 0:
		return "no buffer"
	case n > 0:
		return "room for " + strconv.FormatInt(n, 10)
	}
	call, ok := mk.Node.(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return "room for some"
	}
	if s := types.ExprString(call.Args[1]); len(s) <= 30 {
		return "room for " + s
	}
	return "room for some"
}

// thingName names a thing: a field after its type, a variable after the
// function it is in.
func (b *builder) thingName(at place.Place, u use) string {
	if f := at.Join().Field(); f != nil {
		owner := b.owners[f.Origin()]
		if owner == "" {
			return at.String() // of another package, or of a type without a name
		}
		name := owner + "." + f.Name()
		if strings.HasSuffix(at.String(), "]") {
			name += "[...]"
		}
		return name
	}
	if at.Kind() == place.Global {
		return at.String()
	}
	name := at.String()
	if name == "the channel" || name == "a value" {
		name = u.expr
	}
	in := u.op.Fn.SSA
	if v, ok := at.Root().(interface{ Parent() *ssa.Function }); ok && v.Parent() != nil {
		in = v.Parent()
	}
	if f := b.Func(in); f != nil {
		return name + " in " + funcName(f)
	}
	return name
}

// owners maps the fields of the package's types to the names of these.
func owners(pkg *types.Package) map[*types.Var]string {
	m := make(map[*types.Var]string)
	for _, name := range pkg.Scope().Names() {
		tn, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if st, ok := tn.Type().Underlying().(*types.Struct); ok {
			for f := range st.Fields() {
				if m[f] == "" {
					m[f] = name
				}
			}
		}
	}
	return m
}

// typeName is the name of a type or of what it points to, "" if it has none.
func typeName(t types.Type) string {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

// funcName names a function: a method after its type, a literal after the
// function it is in.
func funcName(f *conc.Func) string {
	root := f.Root()
	name := root.Name
	if root.Obj != nil {
		if recv := root.Obj.Signature().Recv(); recv != nil {
			name = typeName(recv.Type()) + "." + name
		}
	}
	return name
}

// goName names a function that is started at pos. A literal that does nothing
// but call one function is called as that.
func (b *builder) goName(f *conc.Func, pos token.Pos) string {
	if f.Parent == nil {
		return funcName(f)
	}
	if only := onlyCall(f); only != nil && only.Parent == nil {
		return funcName(only)
	}
	return fmt.Sprintf("func in %s, line %d", funcName(f), b.Fset.Position(pos).Line)
}

// onlyCall is the one function that f calls, if it does nothing else.
func onlyCall(f *conc.Func) *conc.Func {
	var only *conc.Func
	for op := range f.Ops {
		if len(uses(op)) > 0 {
			return nil
		}
		for _, t := range targets(op) {
			if only != nil {
				return nil
			}
			only = t.Func
		}
	}
	return only
}

// comparePosn compares "bus.go:77" by file and line.
func comparePosn(x, y string) int {
	xf, xl, _ := strings.Cut(x, ":")
	yf, yl, _ := strings.Cut(y, ":")
	return cmp.Or(cmp.Compare(xf, yf), cmp.Compare(len(xl), len(yl)), cmp.Compare(xl, yl))
}
