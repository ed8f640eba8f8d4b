// Package limit says what limits the room of a channel, the length of a queue,
// and the number of goroutines that a loop starts: a constant, a comparison,
// who sends, or nothing.
//
// Method. Everything is read off SSA form, one function at a time; a parameter
// is followed to its callers in the package, once. A comparison with another
// number counts as a limit wherever it stands, and so does a call that is not
// known, so findings are lost.
package limit

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
)

// Source is where a number comes from.
type Source uint8

const (
	Elsewhere Source = iota // a configuration, a result: somebody answers for it
	Request                 // what a peer sent
	Argument                // a parameter of an exported function that is no constructor
	Product                 // the product of two numbers that are not constant
)

// A Size is the capacity of a channel that is not constant.
type Size struct {
	Make *conc.Op
	From Source
	What string // what was sent: "FormValue"
}

// Sizes are the channels of the package whose capacity comes from what nobody
// limits, as far as that can be seen.
func Sizes(r *effect.Result) []Size {
	var out []Size
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind != conc.Make || r.Cap(op.Size) >= 0 || empty(op.Elem()) {
				continue
			}
			t := &tracer{r: r, calls: 1}
			t.trace(op.Size, 8)
			if t.from != Elsewhere && !t.limited {
				out = append(out, Size{op, t.from, t.what})
			}
		}
	}
	return out
}

// empty reports whether room for values of type t takes no memory, however much
// there is: permits.
func empty(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}

// tracer follows a number back to where it comes from.
type tracer struct {
	r       *effect.Result
	calls   int // how many callers to follow
	from    Source
	what    string
	limited bool
}

func (t *tracer) found(from Source, what string) {
	if t.from == Elsewhere || from == Request {
		t.from, t.what = from, what
	}
}

func (t *tracer) trace(v ssa.Value, depth int) {
	if depth == 0 {
		return
	}
	if compared(v) {
		t.limited = true // clamped, or the bound of the loop that fills it
		return
	}
	switch v := v.(type) {
	case *ssa.Convert:
		t.trace(v.X, depth-1)
	case *ssa.ChangeType:
		t.trace(v.X, depth-1)
	case *ssa.Extract:
		t.trace(v.Tuple, depth-1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			t.trace(e, depth-1)
		}
	case *ssa.BinOp:
		t.binary(v, depth)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			t.load(v)
		}
	case *ssa.Call:
		t.call(v, depth)
	case *ssa.Parameter:
		t.param(v, depth)
	}
}

// binary follows n + 1 and the like.
func (t *tracer) binary(v *ssa.BinOp, depth int) {
	x, y := conc.Const(v.X) >= 0, conc.Const(v.Y) >= 0
	switch v.Op {
	case token.REM, token.AND:
		t.limited = true
	case token.MUL:
		if !x && !y {
			t.found(Product, "")
			return
		}
		fallthrough
	case token.ADD, token.SUB, token.QUO, token.SHL:
		if x {
			t.trace(v.Y, depth-1)
		} else if y {
			t.trace(v.X, depth-1)
		}
	}
}

// load recognizes fields that hold what a peer sent.
func (t *tracer) load(v *ssa.UnOp) {
	fa, ok := v.X.(*ssa.FieldAddr)
	if !ok {
		return
	}
	switch owner := fa.X.Type().String(); {
	case owner == "*net/http.Request" || isMessage(fa.X.Type()):
		t.found(Request, fieldName(fa))
	}
}

// isMessage reports whether t is a request that came over the wire, as code made
// by protoc describes them. Of other messages many are never sent by a peer: a
// configuration, or what is stored.
func isMessage(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "ProtoReflect")
	if _, ok := obj.(*types.Func); !ok {
		return false
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && (strings.HasSuffix(named.Obj().Name(), "Request") || strings.HasSuffix(named.Obj().Name(), "Req"))
}

func fieldName(fa *ssa.FieldAddr) string {
	st, ok := fa.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	return st.Field(fa.Field).Name()
}

// call follows conversions from text, and recognizes what reads from a request
// or a message.
func (t *tracer) call(v *ssa.Call, depth int) {
	if b, ok := v.Call.Value.(*ssa.Builtin); ok {
		t.limited = t.limited || b.Name() == "min" || b.Name() == "len"
		if b.Name() == "max" {
			for _, a := range v.Call.Args {
				t.trace(a, depth-1)
			}
		}
		return
	}
	name, method := callee(&v.Call)
	switch {
	case name == "strconv.Atoi" || strings.HasPrefix(name, "strconv.ParseInt") || strings.HasPrefix(name, "strconv.ParseUint"):
		t.text(v.Call.Args[0], depth-1)
	case strings.HasPrefix(name, "(encoding/binary.") && strings.Contains(name, ").Uint"):
		t.found(Request, method)
	case name == "encoding/binary.ReadUvarint" || name == "encoding/binary.ReadVarint" || name == "encoding/binary.Uvarint":
		t.found(Request, method)
	case strings.HasPrefix(method, "Get") && isMessage(receiver(&v.Call)):
		t.found(Request, method)
	}
}

// texts are the functions whose result is text that a client sent.
var texts = map[string]bool{
	"(*net/http.Request).FormValue":     true,
	"(*net/http.Request).PostFormValue": true,
	"(*net/http.Request).PathValue":     true,
	"(net/url.Values).Get":              true,
	"(net/http.Header).Get":             true,
}

func (t *tracer) text(v ssa.Value, depth int) {
	switch v := v.(type) {
	case *ssa.Call:
		name, method := callee(&v.Call)
		switch {
		case texts[name]:
			t.found(Request, method)
		case name == "strings.TrimSpace" && depth > 0:
			t.text(v.Call.Args[0], depth-1)
		}
	case *ssa.Parameter:
		if depth > 0 {
			t.callers(v, func(arg ssa.Value) { t.text(arg, depth-1) })
		}
	}
}

// param follows a parameter to the callers of the function, and takes one of an
// exported function for what it is.
func (t *tracer) param(v *ssa.Parameter, depth int) {
	f := t.r.Func(v.Parent())
	if f == nil || f.Obj == nil {
		return
	}
	if f.Obj.Exported() && !constructs(f.Obj) {
		t.found(Argument, v.Name())
	}
	t.callers(v, func(arg ssa.Value) { t.trace(arg, depth-1) })
}

// callers calls follow with what the callers in the package give for a
// parameter.
func (t *tracer) callers(v *ssa.Parameter, follow func(ssa.Value)) {
	i := paramIndex(v)
	if t.calls == 0 || i < 0 {
		return
	}
	t.calls--
	defer func() { t.calls++ }()
	for _, f := range t.r.Funcs {
		for op := range f.Ops {
			if op.Kind == conc.Call && op.Call.Common.StaticCallee() == v.Parent() {
				follow(op.Call.Common.Args[i])
			}
		}
	}
}

func paramIndex(v *ssa.Parameter) int {
	for i, p := range v.Parent().Params {
		if p == v {
			return i
		}
	}
	return -1
}

// constructs reports whether fn makes something that its caller then has: the
// caller is a configuration.
func constructs(fn *types.Func) bool {
	name := fn.Name()
	for _, prefix := range []string{"New", "Make", "With", "Open", "Init", "Set", "Start", "Create", "Build"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	for v := range fn.Signature().Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Chan); ok {
			return true
		}
	}
	return false
}

// callee is the full and the short name of what is called.
func callee(call *ssa.CallCommon) (full, name string) {
	if fn := conc.Callee(call); fn != nil {
		return fn.FullName(), fn.Name()
	}
	return "", ""
}

// receiver is the type that a method is called on.
func receiver(call *ssa.CallCommon) types.Type {
	if call.IsInvoke() {
		return call.Value.Type()
	}
	if call.Signature().Recv() != nil {
		return call.Args[0].Type()
	}
	return types.Typ[types.Invalid]
}

// compared reports whether v is compared with something that is not a small
// constant, by order.
func compared(v ssa.Value) bool {
	if v.Referrers() == nil {
		return false
	}
	for _, ref := range *v.Referrers() {
		cmp, ok := ref.(*ssa.BinOp)
		if !ok {
			continue
		}
		switch cmp.Op {
		case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ:
			if !small(cmp.X) && !small(cmp.Y) {
				return true
			}
		}
	}
	return false
}

// small reports whether v is a constant that tells empty from not empty.
func small(v ssa.Value) bool {
	c := conc.Const(v)
	_, constant := v.(*ssa.Const)
	return constant && c <= 1
}
