// Package modules checks the tables of package known that speak of other
// modules against those modules. It is a module of its own, so that chanlint
// does not depend on them, and it reads the tables as syntax.
package modules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// A line is a line of a table.
type line struct {
	key   string
	value ast.Expr
}

// readTables returns the lines of the package variables of that name.
func readTables(t *testing.T) map[string][]line {
	t.Helper()
	tables := make(map[string][]line)
	for _, file := range []string{"../modules.go", "../modules_blocking.go", "../modules_conflating.go", "../modules_boundless.go", "../closing.go", "../command.go", "../server.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			name, table := tableOf(d)
			if table == nil {
				continue
			}
			for _, elt := range table.Elts {
				kv := elt.(*ast.KeyValueExpr)
				key, err := strconv.Unquote(kv.Key.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				tables[name] = append(tables[name], line{key, kv.Value})
			}
		}
	}
	for _, name := range []string{"moduleOps", "moduleBlocking", "moduleCallbacks", "moduleNoReturns", "moduleConflating", "moduleBoundless", "moduleClosings", "moduleCommands", "moduleShutdowns", "moduleShutdownErrors"} {
		if len(tables[name]) == 0 {
			t.Fatalf("table %s is empty, or is called otherwise", name)
		}
	}
	return tables
}

// An api is what the packages have that the tables speak of: functions and methods
// by full name, types, and variables.
type api struct {
	funcs map[string]*types.Func
	types map[string]bool
	vars  map[string]bool
}

// loadAPI loads the packages that the tables speak of.
func loadAPI(t *testing.T, tables map[string][]line) api {
	t.Helper()
	paths := make(map[string]bool)
	for _, lines := range tables {
		for _, l := range lines {
			paths[packageOf(l.key)] = true
		}
	}
	// Types from source: compiling all dependencies would take minutes.
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedDeps | packages.NeedSyntax | packages.NeedTypes,
		Env: append(os.Environ(), "GOOS=linux"),
	}, slices.Sorted(maps.Keys(paths))...)
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	a := api{make(map[string]*types.Func), make(map[string]bool), make(map[string]bool)}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("loading %s: %v", pkg.PkgPath, err)
		}
		a.add(pkg.Types.Scope())
	}
	return a
}

func (a api) add(scope *types.Scope) {
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Func:
			a.funcs[obj.FullName()] = obj
		case *types.Var:
			a.vars[obj.Pkg().Path()+"."+name] = true
		case *types.TypeName:
			if !obj.Exported() {
				continue
			}
			a.types[obj.Type().String()] = true
			// The methods of *T include those of T, unless T is an interface.
			for _, typ := range []types.Type{obj.Type(), types.NewPointer(obj.Type())} {
				for sel := range types.NewMethodSet(typ).Methods() {
					fn := sel.Obj().(*types.Func).Origin()
					a.funcs[fn.FullName()] = fn
				}
			}
		}
	}
}

// packageOf returns the import path in a full name.
func packageOf(fullName string) string {
	name, isMethod := strings.CutPrefix(fullName, "(")
	if isMethod {
		name, _, _ = strings.Cut(name, ")")
		name, _, _ = strings.Cut(name, "[")
	}
	return strings.TrimPrefix(name[:strings.LastIndex(name, ".")], "*")
}

func TestResolve(t *testing.T) {
	if testing.Short() {
		t.Skip("downloads modules")
	}
	tables := readTables(t)
	has := loadAPI(t, tables)
	checks := map[string]func(*testing.T, string, *types.Signature, ast.Expr){
		"moduleBoundless":  checkConstructor,
		"moduleBlocking":   checkBlocking,
		"moduleCallbacks":  checkCallbacks,
		"moduleConflating": checkConflating,
		"moduleNoReturns":  checkNoReturns,
		"moduleOps":        checkOps,
		"moduleClosings":   checkClosings,
	}
	for table, lines := range tables {
		for _, l := range lines {
			fn := has.funcs[l.key]
			if fn == nil && !has.types[l.key] && !has.vars[l.key] {
				t.Errorf("%s: %s does not exist, or is called otherwise", table, l.key)
				continue
			}
			if check := checks[table]; check != nil && fn != nil {
				check(t, l.key, fn.Signature(), l.value)
			}
		}
	}
}

// tableOf is the map literal in a declaration, and what that declares.
func tableOf(d ast.Decl) (name string, table *ast.CompositeLit) {
	for n := range ast.Preorder(d) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			name = n.Name.Name
		case *ast.ValueSpec:
			name = n.Names[0].Name
		case *ast.CompositeLit:
			if _, ok := n.Type.(*ast.MapType); ok {
				return name, n
			}
		}
	}
	return "", nil
}

// checkBlocking checks {Kind, Bounded, What}.
func checkBlocking(t *testing.T, key string, sig *types.Signature, value ast.Expr) {
	if strings.HasSuffix(key, ".WorkerPool).Pause") {
		return // its context bounds the pause, not the call
	}
	bounded := value.(*ast.CompositeLit).Elts[1].(*ast.Ident).Name == "true"
	if bounded != takesBound(sig) {
		t.Errorf("%s: Bounded is %t, but the parameters are %s", key, bounded, sig.Params())
	}
}

// takesBound reports whether a parameter can end the call early. A duration
// does so unless it is the interval between polls.
func takesBound(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		switch v.Type().String() {
		case "time.Duration":
			if v.Name() != "interval" && v.Name() != "period" {
				return true
			}
		case "*golang.org/x/sys/unix.Timespec":
			if v.Name() != "timeout" { // which may be nil, and often is
				return true
			}
		case "context.Context", "time.Time", "<-chan struct{}", "k8s.io/apimachinery/pkg/util/wait.Backoff":
			return true
		}
	}
	return false
}

// checkCallbacks checks {{Param, How}, ...}.
func checkCallbacks(t *testing.T, key string, sig *types.Signature, value ast.Expr) {
	for _, elt := range value.(*ast.CompositeLit).Elts {
		param, err := strconv.Atoi(elt.(*ast.CompositeLit).Elts[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		if param >= sig.Params().Len() {
			t.Errorf("%s: no parameter %d in %s", key, param, sig.Params())
		} else if _, ok := sig.Params().At(param).Type().Underlying().(*types.Signature); !ok {
			t.Errorf("%s: parameter %d of %s is no function", key, param, sig.Params())
		}
	}
}

// checkClosings checks that there is a channel to receive from.
func checkClosings(t *testing.T, key string, sig *types.Signature, _ ast.Expr) {
	if sig.Results().Len() > 0 {
		if ch, ok := sig.Results().At(0).Type().Underlying().(*types.Chan); ok && ch.Dir() != types.SendOnly {
			return
		}
	}
	t.Errorf("%s returns %s, whose first is no channel to receive from", key, sig.Results())
}

func checkNoReturns(t *testing.T, key string, sig *types.Signature, _ ast.Expr) {
	if sig.Results().Len() > 0 {
		t.Errorf("%s is said never to return, but has results", key)
	}
}

// checkConflating checks how a function gives out its values.
func checkConflating(t *testing.T, key string, sig *types.Signature, value ast.Expr) {
	how := value.(*ast.Ident).Name
	_, channel := sig.Results().At(0).Type().Underlying().(*types.Chan)
	if channel != (how == "ByChannel") {
		t.Errorf("%s gives %s, but its result is %s", key, how, sig.Results())
	}
}

// checkConstructor checks that a function makes something.
func checkConstructor(t *testing.T, key string, sig *types.Signature, _ ast.Expr) {
	if sig.Recv() != nil || sig.Results().Len() == 0 {
		t.Errorf("%s is said to make a queue, but is %s", key, sig)
	}
}

// checkOps checks that a drop-in for package sync has its names and shapes.
func checkOps(t *testing.T, key string, sig *types.Signature, value ast.Expr) {
	op := value.(*ast.Ident).Name
	if !strings.HasSuffix(key, ")."+op) {
		t.Errorf("%s is said to be %s", key, op)
	}
	want := map[string]string{"TryLock": "func() bool", "TryRLock": "func() bool", "RLocker": "func() sync.Locker"}[op]
	if want == "" {
		want = "func()"
	}
	if got := sig.String(); got != want {
		t.Errorf("%s is %s, want %s", key, got, want)
	}
}
