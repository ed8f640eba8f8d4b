package known

import (
	"go/ast"
	"go/parser"
	"go/token"
	"iter"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestOpOf(t *testing.T) {
	for name, want := range map[string]Op{
		"(*sync.Mutex).Lock":     Lock,
		"(*sync.RWMutex).RLock":  RLock,
		"(sync.Locker).Unlock":   Unlock,
		"context.WithTimeout":    WithCancel,
		"sync.OnceValues":        OnceValue,
		"(*sync.Mutex).lockSlow": NoOp,
		"sync.Mutex.Lock":        NoOp, // not what FullName prints
		"(*sync.Map).Range":      NoOp,
		"context.AfterFunc":      NoOp, // a Callback
		"":                       NoOp,
	} {
		if got := OpOf(name); got != want {
			t.Errorf("OpOf(%q) = %d, want %d", name, got, want)
		}
	}
}

// TestOps checks that the vocabulary has no word that nothing says.
func TestOps(t *testing.T) {
	used := slices.Collect(maps.Values(ops()))
	for op := NoOp + 1; op <= NotifySignal; op++ {
		if !slices.Contains(used, op) {
			t.Errorf("no function is operation %d", op)
		}
	}
}

func TestBlocks(t *testing.T) {
	for name, want := range map[string]Blocking{
		"(*io.PipeReader).Read":                           {Chan, false, "waits for the other end of the pipe"},
		"(*os/exec.Cmd).Run":                              {Process, false, "waits for the process"},
		"(*net.conn).Read":                                {Net, false, "reads from the network"},
		"(*database/sql.DB).QueryContext":                 {Net, true, "waits for the database"},
		"(*os.File).Read":                                 {Disk, false, "reads a file"},
		"(*golang.org/x/sync/errgroup.Group).Wait":        {Wait, false, "waits for the goroutines of the group"},
		"(*golang.org/x/sync/semaphore.Weighted).Acquire": {Lockish, true, "waits for the semaphore"},
		"(*golang.org/x/time/rate.Limiter).Wait":          {Delay, true, "waits for the rate limiter"},

		"github.com/chanlint/chanlint/runtime/priority.Recv2":            {Chan, true, "waits for a value"},
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Run":     {Wait, true, "waits for the shutdown"},
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).Close": {Wait, false, "waits for the sources to end"},
	} {
		if got, ok := Blocks(name); got != want || !ok {
			t.Errorf("Blocks(%q) = %+v, %t, want %+v, true", name, got, ok, want)
		}
	}
	for _, name := range []string{
		"(io.Reader).Read", "(io.Writer).Write", "io.Copy", "(*bufio.Reader).ReadString", // may be anything
		"(*net.TCPConn).Read",                      // promoted: FullName never prints it
		"(*os/exec.Cmd).Start", "(net.Conn).Close", // do not wait
		"(*sync.Mutex).Lock", "time.Sleep", // operations
		"(*golang.org/x/sync/errgroup.Group).Go",                      // only under an option
		"github.com/chanlint/chanlint/runtime/priority.All",           // only when it is ranged over
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Stop", // does not wait
		"github.com/chanlint/chanlint/runtime/capacity.Plan",
		"",
	} {
		if got, ok := Blocks(name); ok {
			t.Errorf("Blocks(%q) = %+v, want none", name, got)
		}
	}
}

// TestWhat checks that each What can follow the name of what is called.
func TestWhat(t *testing.T) {
	predicate := regexp.MustCompile(`^[a-z]+s( [A-Za-z']+)*$`)
	for name, b := range blocking() {
		if !predicate.MatchString(b.What) || len(b.What) > 40 {
			t.Errorf("%s: %q is no short predicate", name, b.What)
		}
		if b.Kind < Chan || b.Kind > Disk {
			t.Errorf("%s: kind is %d", name, b.Kind)
		}
	}
}

func TestCallbacks(t *testing.T) {
	for name, want := range map[string][]Callback{
		"(*sync.Once).Do":     {{0, InPlace}},
		"time.AfterFunc":      {{1, Goroutine}},
		"net/http.HandleFunc": {{1, Stored}},
		"slices.SortedFunc":   {{0, InPlace}, {1, InPlace}},
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).On": {{2, Goroutine}},
		"sort.Sort": nil, // an interface
		"":          nil,
	} {
		if got := Callbacks(name); !slices.Equal(got, want) {
			t.Errorf("Callbacks(%q) = %v, want %v", name, got, want)
		}
	}
	for name, list := range callbacks() {
		byParam := func(a, b Callback) int { return a.Param - b.Param }
		if len(list) == 0 || !slices.IsSortedFunc(list, byParam) {
			t.Errorf("%s: %v is not ordered by parameter", name, list)
		}
		for _, c := range list {
			if c.How < InPlace || c.How > Stored {
				t.Errorf("%s: parameter %d: how is %d", name, c.Param, c.How)
			}
		}
	}
}

func TestNeverReturns(t *testing.T) {
	for name, want := range map[string]bool{
		"os.Exit":                          true,
		"(*testing.common).Fatal":          true,
		"(*go.uber.org/zap.Logger).Fatal":  true,
		"(*testing.common).Error":          false,
		"(*go.uber.org/zap.Logger).DPanic": false, // panics in development only
		"syscall.Exec":                     false, // returns if it fails
		"":                                 false,
	} {
		if got := NeverReturns(name); got != want {
			t.Errorf("NeverReturns(%q) = %t, want %t", name, got, want)
		}
	}
}

func TestIsStd(t *testing.T) {
	for path, want := range map[string]bool{
		"sync":                                   true,
		"net/http":                               true,
		"internal/poll":                          true,
		"vendor/golang.org/x/net/dns/dnsmessage": true,
		"golang.org/x/net/http2":                 false,
		"gopkg.in/yaml.v3":                       false,
		"example/log":                            false,
		"command-line-arguments":                 false,
		"main":                                   false,
		"a":                                      false,
		"cmd/go":                                 false,
		"synchronous":                            false,
		"":                                       false,
	} {
		if got := IsStd(path); got != want {
			t.Errorf("IsStd(%q) = %t, want %t", path, got, want)
		}
	}
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatalf("listing the standard library: %v", err)
	}
	for path := range strings.Lines(string(out)) {
		if path = strings.TrimSpace(path); !IsStd(path) {
			t.Errorf("IsStd(%q) = false, but go list std has it", path)
		}
	}
}

// TestOneMeaning checks that what the engine asks first hides nothing that it
// would have been told second.
func TestOneMeaning(t *testing.T) {
	for name := range ops() {
		if _, ok := blocking()[name]; ok {
			t.Errorf("%s is an operation and blocks", name)
		}
	}
	for name := range noReturns() {
		if _, ok := blocking()[name]; ok || ops()[name] != NoOp {
			t.Errorf("%s never returns and does something else too", name)
		}
	}
}

func TestTable(t *testing.T) {
	part := func(key string, v int) func() map[string]int {
		return func() map[string]int { return map[string]int{key: v} }
	}
	want := map[string]int{"x": 1, "y": 2}
	if got := table(part("x", 1), part("y", 2))(); !maps.Equal(got, want) {
		t.Errorf("table = %v, want %v", got, want)
	}
	defer func() {
		if recover() == nil {
			t.Error("a table whose parts have a common key did not panic")
		}
	}()
	table(part("x", 1), part("x", 1))()
}

// TestSorted checks that the keys of every table are in order, so that a line
// has one place.
func TestSorted(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	tables := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for lit := range tablesOf(f) {
			tables++
			keys := keysOf(lit)
			for i := 1; i < len(keys); i++ {
				if keys[i-1] >= keys[i] {
					t.Errorf("%s: %q comes after %q", file, keys[i], keys[i-1])
				}
			}
		}
	}
	if want := 13; tables < want {
		t.Errorf("found %d tables, want at least %d", tables, want)
	}
}

// tablesOf yields the map literals of a file.
func tablesOf(f *ast.File) iter.Seq[*ast.CompositeLit] {
	return func(yield func(*ast.CompositeLit) bool) {
		for n := range ast.Preorder(f) {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				continue
			}
			if _, ok := lit.Type.(*ast.MapType); ok && !yield(lit) {
				return
			}
		}
	}
}

func keysOf(table *ast.CompositeLit) []string {
	var keys []string
	for _, elt := range table.Elts {
		key, err := strconv.Unquote(elt.(*ast.KeyValueExpr).Key.(*ast.BasicLit).Value)
		if err != nil {
			panic(err)
		}
		keys = append(keys, key)
	}
	return keys
}
