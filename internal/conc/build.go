package conc

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// Build reduces the functions that matter in a type-checked package. A
// function of another package matters if extern says so; what internal/known
// lists matters in any case. Files of the package that the others do not depend
// on, as its test files are, may be left out. Build returns nil if nothing
// matters.
func Build(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info, extern func(*types.Func) bool) *Package {
	in := &interest{pkg: pkg, info: info, extern: extern, cache: make(map[*types.Func]bool)}
	decls := in.functions(files)
	if len(decls) == 0 {
		return nil
	}
	p := &Package{
		Fset:    fset,
		Types:   pkg,
		Places:  place.NewResolver(),
		info:    info,
		byFn:    make(map[*ssa.Function]*Func),
		nodes:   make(map[token.Pos]ast.Node),
		uses:    make(map[place.Join]*Uses),
		stores:  make(map[*types.Var][]stored),
		conds:   make(map[place.Join]condLock),
		sent:    make(map[place.Join][]ssa.Value),
		methods: make(map[string][]*Func),
		initial: initialValues(info),
		escapes: make(map[place.Join]bool),
		given:   make(map[place.Join]bool),
		lent:    make(map[place.Join]bool),
		callers: make(map[*Func][]CallTo),
		calls:   make(map[*types.Func][]*Op),
	}
	for _, d := range decls {
		p.indexSyntax(d.decl)
	}
	spkg := buildSSA(fset, files, pkg, info, in, decls)
	for _, d := range decls {
		if fn, ok := spkg.Prog.FuncValue(d.obj), d.obj != nil; ok && fn != nil {
			p.add(fn, nil)
		}
	}
	for _, fn := range initFuncs(spkg) {
		p.add(fn, nil)
	}
	p.index()
	for _, f := range p.Funcs {
		p.lower(f)
	}
	p.indexOps()
	return p
}

// buildSSA builds SSA form for the functions in decls and the package-level
// variables whose initializers matter. The other functions of the package are
// declared without bodies, and of other packages only those are declared that
// are mentioned, because declaring is what costs most for large imports.
func buildSSA(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info, in *interest, decls []*declared) *ssa.Package {
	keep := make(map[*ast.FuncDecl]bool)
	kept := make(map[*types.Func]bool)
	for _, d := range decls {
		keep[d.decl], kept[d.obj] = true, true
	}
	reduced := make([]*ast.File, len(files))
	mentioned := make(map[*types.Package]bool)
	for i, file := range files {
		f := *file
		f.Decls = slices.Clone(file.Decls)
		for j, decl := range f.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			switch {
			case !ok:
			case keep[fd]:
				mention(fd, info, mentioned)
			default:
				empty := *fd
				empty.Body = nil
				f.Decls[j] = &empty
			}
		}
		reduced[i] = &f
	}
	reducedInfo := *info
	reducedInfo.InitOrder = nil
	// The version of a file is looked up by its syntax tree.
	reducedInfo.FileVersions = make(map[*ast.File]string, len(files))
	for i, file := range files {
		if v, ok := info.FileVersions[file]; ok {
			reducedInfo.FileVersions[reduced[i]] = v
		}
	}
	for _, init := range info.InitOrder {
		matters, calls := in.scan(init.Rhs)
		matters = matters || slices.ContainsFunc(calls, func(fn *types.Func) bool { return kept[fn] })
		if matters && within(files, init.Rhs.Pos()) {
			reducedInfo.InitOrder = append(reducedInfo.InitOrder, init)
			mention(init.Rhs, info, mentioned)
		}
	}

	prog := ssa.NewProgram(fset, ssa.BareInits)
	prog.SetNoReturn(func(fn *types.Func) bool { return known.NeverReturns(fn.Origin().FullName()) })
	for p := range mentioned {
		if p != pkg {
			prog.CreatePackage(p, nil, nil, true)
		}
	}
	spkg := prog.CreatePackage(pkg, reduced, &reducedInfo, false)
	spkg.Build()
	return spkg
}

// initialValues are the integer constants that unexported package-level
// variables are initialized with.
func initialValues(info *types.Info) map[types.Object]int64 {
	m := make(map[types.Object]int64)
	for _, init := range info.InitOrder {
		v := info.Types[init.Rhs].Value
		if v == nil || v.Kind() != constant.Int || len(init.Lhs) != 1 || init.Lhs[0].Exported() {
			continue
		}
		if n, ok := constant.Int64Val(v); ok {
			m[init.Lhs[0]] = n
		}
	}
	return m
}

// within reports whether pos is in one of files.
func within(files []*ast.File, pos token.Pos) bool {
	return slices.ContainsFunc(files, func(f *ast.File) bool { return f.FileStart <= pos && pos < f.FileEnd })
}

// mention collects the packages whose package-level functions and variables
// occur in n.
func mention(n ast.Node, info *types.Info, into map[*types.Package]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		switch obj := info.Uses[id].(type) {
		case *types.Func:
			if obj.Pkg() != nil && obj.Signature().Recv() == nil {
				into[obj.Pkg()] = true
			}
		case *types.Var:
			if obj.Pkg() != nil && !obj.IsField() && obj.Parent() == obj.Pkg().Scope() {
				into[obj.Pkg()] = true
			}
		}
		return true
	})
}

// initFuncs returns the package initializer and the init functions that were
// built.
func initFuncs(spkg *ssa.Package) []*ssa.Function {
	init := spkg.Func("init")
	fns := []*ssa.Function{init}
	for _, b := range init.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if fn := call.Call.StaticCallee(); fn != nil && fn.Pkg == spkg && fn.Signature.Recv() == nil && fn.Syntax() != nil && len(fn.Blocks) > 0 {
				if fd, ok := fn.Syntax().(*ast.FuncDecl); ok && fd.Name.Name == "init" {
					fns = append(fns, fn)
				}
			}
		}
	}
	return fns
}

// add records fn and the function literals in it.
func (p *Package) add(fn *ssa.Function, parent *Func) {
	if p.byFn[fn] != nil || len(fn.Blocks) == 0 {
		return
	}
	f := &Func{SSA: fn, Parent: parent, Name: "a function literal"}
	if parent == nil {
		f.Obj, _ = fn.Object().(*types.Func)
		f.Name = fn.Name()
		if f.Obj != nil {
			f.Name = f.Obj.Name()
			if f.Obj.Signature().Recv() != nil {
				p.methods[f.Name] = append(p.methods[f.Name], f)
			}
		}
	} else {
		parent.Anons = append(parent.Anons, f)
	}
	p.byFn[fn] = f
	p.Funcs = append(p.Funcs, f)
	for _, anon := range fn.AnonFuncs {
		p.add(anon, f)
	}
}

// indexSyntax records the nodes of a declaration by the positions that SSA
// construction gives to the operations made from them.
func (p *Package) indexSyntax(decl *ast.FuncDecl) {
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			p.nodes[n.Lparen] = n
		case *ast.SendStmt:
			p.nodes[n.Arrow] = n
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				p.nodes[n.OpPos] = n
			}
		case *ast.SelectStmt:
			p.nodes[n.Select] = n
		case *ast.RangeStmt:
			p.nodes[n.For] = n
		case *ast.GoStmt:
			p.nodes[n.Go] = n.Call
		case *ast.DeferStmt:
			p.nodes[n.Defer] = n.Call
		}
		return true
	})
}
