package feed

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// A Source is a use of values of which known says that only the newest is
// kept.
type Source struct {
	Op   *conc.Op // the receive, or the call
	Case int      // like that of conc.Use
	From string   // the name of the function that gives the values
	Acts []Act
}

// Sources are the places of the package that use such values.
func Sources(r *effect.Result) []Source {
	fields := conflatingFields(r)
	var out []Source
	for _, u := range receives(r) {
		if from := conflatingChannel(u.Place(), fields); from != "" {
			out = append(out, Source{u.Op, u.Case, from, append(Acts(r, u), transitions(r, u)...)})
		}
	}
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if s, ok := conflatingCall(r, op); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// conflatingChannel is the name of the function that the channel at pl comes
// from, if that gives newest values only.
func conflatingChannel(pl place.Place, fields map[place.Join]string) string {
	if j := pl.Join(); !j.IsZero() && fields[j] != "" {
		return fields[j]
	}
	call, ok := pl.Root().(*ssa.Call)
	if !ok || !pl.IsRoot() {
		return ""
	}
	name, g := gives(&call.Call)
	if g != known.ByChannel {
		return ""
	}
	return name
}

// conflatingFields are the fields and variables that such a channel is kept
// in.
func conflatingFields(r *effect.Result) map[place.Join]string {
	fields := make(map[place.Join]string)
	for _, f := range r.Funcs {
		for instr := range f.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			call, ok := st.Val.(*ssa.Call)
			if !ok {
				continue
			}
			if name, g := gives(&call.Call); g == known.ByChannel {
				fields[r.Places.Of(st.Addr).Join()] = name
			}
		}
	}
	delete(fields, place.Join{})
	return fields
}

// gives says how the function that is called gives out newest values, if it
// does.
func gives(call *ssa.CallCommon) (name string, g known.Gives) {
	fn := call.StaticCallee()
	if fn == nil {
		return "", 0
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return "", 0
	}
	g, _ = known.Conflates(obj.Origin().FullName())
	return obj.Name(), g
}

// conflatingCall recognizes a call that gives the newest value, and a range
// loop over an iterator of such values.
func conflatingCall(r *effect.Result, op *conc.Op) (Source, bool) {
	if op.Kind != conc.Call && op.Kind != conc.Known {
		return Source{}, false
	}
	if name, g := gives(op.Call.Common); g == known.ByCall {
		return Source{op, -1, name, CallActs(r, op)}, true
	}
	iter, ok := op.Call.Common.Value.(*ssa.Call)
	if !ok || len(op.Call.Targets) != 1 {
		return Source{}, false
	}
	name, g := gives(&iter.Call)
	if g != known.ByIterator {
		return Source{}, false
	}
	for o := range op.Fn.Ops {
		if o.Instr == iter { // the loop itself has no place in the source
			return Source{o, -1, name, BodyActs(r, op.Call.Targets[0].Func)}, true
		}
	}
	return Source{}, false
}

// transitions recognizes what is started each time that a flag is received,
// although the flag may have been set before: no other condition decides, and
// nothing is stopped first.
//
// False positive: what is started finds out that it runs already.
func transitions(r *effect.Result, u conc.Use) []Act {
	item := u.Item()
	if item == nil || item.Referrers() == nil {
		return nil
	}
	var acts []Act
	for _, ref := range *item.Referrers() {
		br, ok := ref.(*ssa.If)
		if !ok || !u.Op.Fn.Reaches(u.Op.Block, u.Op.Block, nil) {
			continue
		}
		b := br.Block().Succs[0]
		if len(b.Preds) > 1 {
			continue // the branch does nothing of its own
		}
		if g := started(u.Op.Fn.Blocks[b.Index].Ops); g != nil {
			acts = append(acts, Act{Kind: Start, Instr: g.Instr})
		}
	}
	return acts
}

// started is the goroutine that ops start before they do anything else, nil if
// they may stop what was started before.
func started(ops []*conc.Op) *conc.Op {
	for _, op := range ops {
		switch {
		case op.Kind == conc.Go:
			return op
		case op.Kind != conc.Make && !makesContext(op):
			return nil
		}
	}
	return nil
}

// makesContext reports whether op makes a context.
func makesContext(op *conc.Op) bool {
	return op.Kind == conc.Call && op.Call.Obj != nil && known.OpOf(op.Call.Obj.FullName()) == known.WithCancel
}
