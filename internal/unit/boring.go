package unit

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Boring reports whether files that import nothing with facts have none of
// their own: they mention neither channels nor goroutines, and use nothing of
// the standard library or of ours that waits or locks. Reading a file or
// asking a server does not count: facts do not speak of it.
//
// What it misses is a range over a channel that another package made, in a
// package that does nothing else with channels, and that a function calls back
// what it is given, which is a fact where the function also reads a file. Such
// a fact is lost; none is invented.
func Boring(files []*ast.File) bool {
	var names []string
	for _, f := range files {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil || concurrent(path) {
				return false
			}
			names = append(names, concurrentNames[path]...)
		}
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			if mentionsConcurrency(decl, names) {
				return false
			}
		}
	}
	return true
}

// concurrent reports whether a package is about concurrency, time or the
// network, so that much of it can be expected to wait or lock.
func concurrent(path string) bool {
	switch path {
	case "context", "net", "net/http", "net/http/httptest", "net/textproto", "os/signal", "sync", "testing/synctest", "time":
		return true
	}
	return strings.HasPrefix(path, "github.com/chanlint/chanlint/") || strings.HasPrefix(path, "golang.org/x/sync/")
}

// concurrentNames holds, of packages about other things, the names of what
// waits, and of what is needed to get at it.
var concurrentNames = map[string][]string{
	"io":            {"Pipe", "PipeReader", "PipeWriter"},
	"reflect":       {"Recv", "Select", "Send"},
	"runtime":       {"ReadTrace"},
	"runtime/pprof": {"StopCPUProfile"},
	"runtime/trace": {"Stop"},
	"syscall":       {"FcntlFlock", "Flock", "Nanosleep"},
}

// mentionsConcurrency reports whether a declaration has syntax of channels or
// goroutines, or selects one of the names.
func mentionsConcurrency(decl ast.Decl, names []string) bool {
	found := false
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ChanType, *ast.GoStmt, *ast.SelectStmt, *ast.SendStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectorExpr:
			found = found || slices.Contains(names, n.Sel.Name)
		}
		return !found
	})
	return found
}
