package known

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// An api is the functions and methods that a user of some packages can call,
// by full name.
type api struct {
	pkgs  map[string]*types.Package
	funcs map[string]*types.Func
}

// loadAPI loads the packages that the tables for the standard library, for
// golang.org/x/sync and for the companion library speak of.
var loadAPI = sync.OnceValues(func() (api, error) {
	paths := make(map[string]bool)
	for key := range stdKeys() {
		paths[packageOf(key)] = true
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedTypes | packages.NeedExportFile,
		Env:  append(os.Environ(), "GOOS=linux"), // the tables name what Unix has
	}, slices.Sorted(maps.Keys(paths))...)
	if err != nil {
		return api{}, err
	}
	a := api{make(map[string]*types.Package), make(map[string]*types.Func)}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			return api{}, err
		}
		a.pkgs[pkg.PkgPath] = pkg.Types
		a.add(pkg.Types)
	}
	return a, nil
})

func (a api) add(pkg *types.Package) {
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Func:
			if obj.Exported() {
				a.funcs[obj.FullName()] = obj
			}
		case *types.Var: // binary.BigEndian has a type without a name for others
			for sel := range types.NewMethodSet(obj.Type()).Methods() {
				if fn := sel.Obj().(*types.Func).Origin(); obj.Exported() && fn.Exported() {
					a.funcs[fn.FullName()] = fn
				}
			}
		case *types.TypeName:
			if !obj.Exported() {
				continue
			}
			// The methods of *T include those of T, unless T is an interface.
			for _, typ := range []types.Type{obj.Type(), types.NewPointer(obj.Type())} {
				for sel := range types.NewMethodSet(typ).Methods() {
					if fn := sel.Obj().(*types.Func).Origin(); fn.Exported() {
						a.funcs[fn.FullName()] = fn
					}
				}
			}
		}
	}
}

// stdKeys yields the keys of all tables but those of other modules.
func stdKeys() map[string]bool {
	keys := make(map[string]bool)
	collect(keys, stdOps(), moduleOps())
	collect(keys, blocking(), moduleBlocking())
	collect(keys, callbacks(), moduleCallbacks())
	collect(keys, noReturns(), moduleNoReturns())
	collect(keys, shutdowns(), moduleShutdowns())
	collect(keys, fills(), nil)
	collect(keys, aliases(), nil)
	collect(keys, reuses(), nil)
	return keys
}

func collect[V any](keys map[string]bool, table, except map[string]V) {
	for key := range table {
		if _, ok := except[key]; !ok {
			keys[key] = true
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

// TestResolve checks the tables against the functions that exist.
func TestResolve(t *testing.T) {
	a, err := loadAPI()
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	for _, key := range slices.Sorted(maps.Keys(stdKeys())) {
		fn := a.funcs[key]
		if fn == nil {
			t.Errorf("%s does not exist, or is called otherwise", key)
			continue
		}
		sig := fn.Signature()
		if op := OpOf(key); op != NoOp {
			checkOp(t, key, op, sig)
		}
		if b, ok := Blocks(key); ok && b.Bounded != takesBound(sig) {
			t.Errorf("%s: Bounded is %t, but the parameters are %s", key, b.Bounded, sig.Params())
		}
		for _, c := range Callbacks(key) {
			if c.Param >= sig.Params().Len() || !mayBeFunc(sig.Params().At(c.Param).Type()) {
				t.Errorf("%s: parameter %d of %s is no function", key, c.Param, sig.Params())
			}
		}
		if NeverReturns(key) && sig.Results().Len() > 0 {
			t.Errorf("%s is said never to return, but has results", key)
		}
	}
}

// takesBound reports whether a parameter is a context or a duration. A time.Time
// is no deadline in these packages.
func takesBound(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		switch v.Type().String() {
		case "context.Context", "time.Duration":
			return true
		case "*syscall.Timespec": // of syscall.Nanosleep
			return true
		}
	}
	return false
}

// mayBeFunc reports whether typ is a function type, or any.
func mayBeFunc(typ types.Type) bool {
	switch u := typ.Underlying().(type) {
	case *types.Signature:
		return true
	case *types.Interface:
		return u.Empty()
	}
	return false
}

// shapes are the signatures that the comments on the operations speak of.
var shapes = map[Op][]string{
	Lock:          {"func()"},
	Unlock:        {"func()"},
	RLock:         {"func()"},
	RUnlock:       {"func()"},
	TryLock:       {"func() bool"},
	TryRLock:      {"func() bool"},
	RLocker:       {"func() sync.Locker"},
	WaitGroupAdd:  {"func(int)"},
	WaitGroupDone: {"func()"},
	WaitGroupWait: {"func()"},
	WaitGroupGo:   {"func(func())"},
	NewCond:       {"func(sync.Locker) *sync.Cond"},
	CondWait:      {"func()"},
	CondSignal:    {"func()"},
	CondBroadcast: {"func()"},
	OnceDo:        {"func(func())"},
	OnceFunc:      {"func(func()) func()"},
	OnceValue:     {"func(func() T) func() T", "func(func() (T1, T2)) func() (T1, T2)"},
	Sleep:         {"func(time.Duration)"},
	After:         {"func(time.Duration) <-chan time.Time"},
	Tick:          {"func(time.Duration) <-chan time.Time"},
	NewTimer:      {"func(time.Duration) *time.Timer"},
	NewTicker:     {"func(time.Duration) *time.Ticker"},
	AfterFunc:     {"func(time.Duration, func()) *time.Timer"},
	StopTicker:    {"func()"},
	ContextDone:   {"func() <-chan struct{}"},
	WithCancel: {
		"func(context.Context) (context.Context, context.CancelCauseFunc)",
		"func(context.Context) (context.Context, context.CancelFunc)",
		"func(context.Context, ...os.Signal) (context.Context, context.CancelFunc)",
		"func(context.Context, time.Duration) (context.Context, context.CancelFunc)",
		"func(context.Context, time.Duration, error) (context.Context, context.CancelFunc)",
		"func(context.Context, time.Time) (context.Context, context.CancelFunc)",
		"func(context.Context, time.Time, error) (context.Context, context.CancelFunc)",
	},
	NotifySignal: {"func(chan<- os.Signal, ...os.Signal)"},
}

// TestShutdownErrors checks that the errors of servers exist.
func TestShutdownErrors(t *testing.T) {
	a, err := loadAPI()
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	for key := range stdShutdownErrors() {
		path, name, _ := strings.Cut(key[strings.LastIndex(key, "/")+1:], ".")
		path = key[:strings.LastIndex(key, "/")+1] + path
		if v, ok := a.pkgs[path].Scope().Lookup(name).(*types.Var); !ok || v.Type().String() != "error" {
			t.Errorf("%s is no error", key)
		}
	}
}

func checkOp(t *testing.T, key string, op Op, sig *types.Signature) {
	t.Helper()
	unnamed := types.NewSignatureType(nil, nil, nil, withoutNames(sig.Params()), withoutNames(sig.Results()), sig.Variadic())
	if got := unnamed.String(); !slices.Contains(shapes[op], got) {
		t.Errorf("%s, operation %d, is %s, want one of %q", key, op, got, shapes[op])
	}
}

func withoutNames(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewParam(token.NoPos, nil, "", v.Type()))
	}
	return types.NewTuple(vars...)
}

// TestCallbacksComplete checks that no function parameter is forgotten in the
// packages that the tables speak of.
func TestCallbacksComplete(t *testing.T) {
	a, err := loadAPI()
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	for _, key := range slices.Sorted(maps.Keys(a.funcs)) {
		for i := range a.funcs[key].Signature().Params().Len() {
			_, isFunc := a.funcs[key].Signature().Params().At(i).Type().Underlying().(*types.Signature)
			listed := slices.ContainsFunc(Callbacks(key), func(c Callback) bool { return c.Param == i })
			if isFunc && !listed {
				t.Errorf("%s: nothing is said of parameter %d, a function", key, i)
			}
		}
	}
}

// calls is a program whose every call is in a table, under the name in the
// comment.
const calls = `package calls

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"
)

type guarded struct{ sync.Mutex }

type conn interface{ net.Conn }

func f(g *guarded, t *testing.T, c *net.TCPConn, d conn, cl *http.Client, gr errgroup.Group, l sync.Locker, ctx context.Context) {
	g.Lock()                // (*sync.Mutex).Lock
	l.Lock()                // (sync.Locker).Lock
	t.Fatal()               // (*testing.common).Fatal
	c.Read(nil)             // (*net.conn).Read
	d.Read(nil)             // (net.Conn).Read
	cl.Do(nil)              // (*net/http.Client).Do
	gr.Wait()               // (*golang.org/x/sync/errgroup.Group).Wait
	ctx.Done()              // (context.Context).Done
	sync.OnceValue[int](nil) // sync.OnceValue
}
`

// TestCallSites checks that the tables have the names that a caller finds,
// whichever way a method was promoted.
func TestCallSites(t *testing.T) {
	a, err := loadAPI()
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "calls.go", calls, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: importerFunc(func(path string) (*types.Package, error) { return a.pkgs[path], nil })}
	if _, err := conf.Check("calls", fset, []*ast.File{f}, info); err != nil {
		t.Fatal(err)
	}
	got := make(map[int]string) // by line
	for id, obj := range info.Uses {
		if fn, ok := obj.(*types.Func); ok {
			got[fset.Position(id.Pos()).Line] = fn.Origin().FullName()
		}
	}
	for _, comment := range f.Comments {
		line, want := fset.Position(comment.Pos()).Line, strings.TrimSpace(comment.Text())
		_, blocks := Blocks(want)
		if got[line] != want {
			t.Errorf("line %d calls %s, want %s", line, got[line], want)
		} else if OpOf(want) == NoOp && !blocks && !NeverReturns(want) {
			t.Errorf("line %d calls %s, which is in no table", line, want)
		}
	}
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }
