package conc

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/chanlint/chanlint/internal/known"
)

// interest decides which functions of a package matter.
type interest struct {
	pkg    *types.Package
	info   *types.Info
	extern func(*types.Func) bool // whether a function of another package matters
	cache  map[*types.Func]bool
}

// declared is what one pass over a function declaration finds.
type declared struct {
	decl    *ast.FuncDecl
	file    *ast.File
	obj     *types.Func
	matters bool
	calls   []*types.Func // functions of the package and interface methods that are mentioned
	given   bool          // it has a parameter that is a function
	conduit bool          // it passes on functions, channels or locks, or calls functions it finds
}

// functions returns the declared functions that matter, in source order.
func (in *interest) functions(files []*ast.File) []*declared {
	var all []*declared
	byObj := make(map[*types.Func]*declared)
	named := make(map[string][]*declared) // methods, for calls through interfaces
	for _, file := range files {
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok || fd.Body == nil {
				continue
			}
			d := &declared{decl: fd, file: file}
			d.obj, _ = in.info.Defs[fd.Name].(*types.Func)
			d.matters, d.calls = in.scan(fd.Body)
			d.given = !d.matters && in.callsParam(fd)
			d.conduit = d.given || !d.matters && (in.callsValue(fd) || in.hands(fd))
			all = append(all, d)
			if d.obj != nil {
				byObj[d.obj] = d
			}
			if fd.Recv != nil {
				named[fd.Name.Name] = append(named[fd.Name.Name], d)
			}
		}
	}
	in.propagate(all, byObj, named)
	in.addConduits(all, byObj)
	var out []*declared
	for _, d := range all {
		if d.matters {
			out = append(out, d)
		}
	}
	return out
}

// propagate spreads interest from callees to callers.
func (in *interest) propagate(all []*declared, byObj map[*types.Func]*declared, named map[string][]*declared) {
	callers := make(map[*declared][]*declared)
	for _, d := range all {
		for _, callee := range d.calls {
			if to := byObj[callee]; to != nil {
				callers[to] = append(callers[to], d)
			} else {
				for _, to := range named[callee.Name()] {
					callers[to] = append(callers[to], d)
				}
			}
		}
	}
	var work []*declared
	for _, d := range all {
		if d.given && d.decl.Name.IsExported() {
			d.matters = true // for the literals of other packages
			continue
		}
		if d.matters {
			work = append(work, d)
		}
	}
	for len(work) > 0 {
		d := work[len(work)-1]
		work = work[:len(work)-1]
		for _, c := range callers[d] {
			if !c.matters {
				c.matters = true
				work = append(work, c)
			}
		}
	}
}

// addConduits adds the functions that functions that matter may pass a literal
// to, and that call it.
func (in *interest) addConduits(all []*declared, byObj map[*types.Func]*declared) {
	for changed := true; changed; {
		changed = false
		for _, d := range all {
			if !d.matters {
				continue
			}
			for _, callee := range d.calls {
				if to := byObj[callee]; to != nil && to.conduit && !to.matters {
					to.matters, changed = true, true
				}
			}
		}
	}
}

// callsParam reports whether a function calls, or passes on, a parameter that
// is a function.
func (in *interest) callsParam(fd *ast.FuncDecl) bool {
	for _, field := range fd.Type.Params.List {
		if t := in.info.TypeOf(field.Type); t != nil {
			if _, ok := t.Underlying().(*types.Signature); ok {
				return true
			}
		}
	}
	return false
}

// callsValue reports whether a function calls a function value.
func (in *interest) callsValue(fd *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fd.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found {
			return !found
		}
		var id *ast.Ident
		switch fun := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			id = fun
		case *ast.SelectorExpr:
			id = fun.Sel
		default:
			tv := in.info.Types[call.Fun]
			found = tv.IsValue()
			return true
		}
		_, found = in.info.Uses[id].(*types.Var)
		return true
	})
	return found
}

// mostHanded bounds the statements of a function that is taken to do no more
// than to make, keep or return something.
const mostHanded = 12

// hands reports whether a small function takes or returns something that may
// have channels or locks in it.
func (in *interest) hands(fd *ast.FuncDecl) bool {
	if len(fd.Body.List) == 0 || len(fd.Body.List) > mostHanded {
		return false
	}
	return in.structured(fd.Type.Results) || fd.Recv != nil && in.structured(fd.Type.Params)
}

// structured reports whether fields have one of a type of the package that is
// a structure or interface.
func (in *interest) structured(fields *ast.FieldList) bool {
	if fields == nil {
		return false
	}
	for _, f := range fields.List {
		t := in.info.TypeOf(f.Type)
		if ptr, ok := t.(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if t == nil {
			continue
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.Obj().Pkg() != in.pkg {
			continue
		}
		switch named.Underlying().(type) {
		case *types.Struct, *types.Interface:
			return true
		}
	}
	return false
}

// scan reports whether a piece of syntax holds an operation of its own, and
// which functions it mentions whose interest is not known yet.
func (in *interest) scan(n ast.Node) (matters bool, calls []*types.Func) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt, *ast.SelectStmt, *ast.GoStmt:
			matters = true
		case *ast.UnaryExpr:
			matters = matters || n.Op == token.ARROW
		case *ast.RangeStmt:
			matters = matters || isChan(in.info.TypeOf(n.X))
		case *ast.CallExpr:
			matters = matters || in.isChanBuiltin(n)
		case *ast.Ident:
			obj := in.info.Uses[n]
			if v, ok := obj.(*types.Var); ok && isChan(v.Type()) {
				matters = true // it may give the channel away
			}
			fn, ok := obj.(*types.Func)
			if !ok {
				break
			}
			fn = fn.Origin()
			switch {
			case in.external(fn):
				matters = true
			case fn.Pkg() == in.pkg || isInterfaceMethod(fn):
				calls = append(calls, fn)
			}
		}
		return true
	})
	return matters, calls
}

// isChanBuiltin reports whether call is close(ch) or make(chan T).
func (in *interest) isChanBuiltin(call *ast.CallExpr) bool {
	id, ok := call.Fun.(*ast.Ident)
	if !ok || len(call.Args) == 0 {
		return false
	}
	b, ok := in.info.Uses[id].(*types.Builtin)
	return ok && (b.Name() == "close" || b.Name() == "make" && isChan(in.info.TypeOf(call.Args[0])))
}

// external reports whether fn is declared elsewhere and does something that
// matters here.
func (in *interest) external(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg() == in.pkg {
		return false
	}
	m, ok := in.cache[fn]
	if !ok {
		name := fn.FullName()
		_, blocks := known.Blocks(name)
		_, newest := known.Conflates(name)
		m = blocks || newest || known.OpOf(name) != known.NoOp || known.HandleOf(name) != 0 || in.extern(fn)
		in.cache[fn] = m
	}
	return m
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

func isChan(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}
