// Package known says what functions do that are not analyzed: those of the
// standard library, which is taken as a closed world, and those of some
// widely used modules.
//
// All knowledge is in tables, one line for one fact, keyed by what
// [go/types.Func.FullName] prints for the function or method as it was
// declared: "time.Sleep", "(*sync.Mutex).Lock", "(net.Conn).Read". Three things
// follow from that:
//
//   - A promoted method has the key of the type that declares it, which may
//     not be exported: (*net.TCPConn).Read is "(*net.conn).Read", and
//     (*testing.T).Fatal is "(*testing.common).Fatal".
//   - An interface method has the key of the interface that declares it.
//     The Read of net/http.File is "(io.Reader).Read", which says nothing.
//   - An instance of a generic function or method has the key of its Origin,
//     in which type parameters are spelled as declared, for a method of an
//     interface with their constraints: "(*pool.ResultPool[T]).Wait", but
//     "(grpc.ServerStreamingClient[Res any]).Recv", both with longer paths.
//
// A function of the standard library that is in no table does not block,
// calls back nothing it is given, and returns. For other modules a missing
// line says nothing at all.
//
// The tables describe Unix systems where systems differ.
package known

import (
	"strings"
	"sync"
)

// IsStd reports whether importPath names a package of the standard library,
// internal and vendored ones included.
//
// It compares the first element of the path with those that the standard
// library has. The rule of the go command, that a first element without a dot
// is standard, does not do: it takes in "command-line-arguments", "example/a"
// and every module that somebody named without a dot. So a module that is named
// like a part of the library ("log/mine") is wrongly called standard, and a
// part that a later Go release adds is not recognized, which costs no more than
// analyzing it. The packages of the go tools, "cmd/...", are not standard
// here, because no table describes them. A caller that was told by go list
// should believe go list.
func IsStd(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	switch first {
	case "archive", "bufio", "builtin", "bytes", "cmp", "compress", "container",
		"context", "crypto", "database", "debug", "embed", "encoding", "errors",
		"expvar", "flag", "fmt", "go", "hash", "html", "image", "index",
		"internal", "io", "iter", "log", "maps", "math", "mime", "net", "os",
		"path", "plugin", "reflect", "regexp", "runtime", "slices", "sort",
		"strconv", "strings", "structs", "sync", "syscall", "testing", "text",
		"time", "unicode", "unique", "unsafe", "vendor", "weak":
		return true
	}
	return false
}

// IsCompanion reports whether importPath names a package of the companion library.
func IsCompanion(importPath string) bool {
	return strings.HasPrefix(importPath, "github.com/chanlint/chanlint/runtime/")
}

// table returns the entries of all parts, which it makes when they are asked for
// first: most requests of the go command are for packages that need none. It
// panics then if a key occurs in two parts, because one meaning would silently
// win; a test asks for all tables.
func table[V any](parts ...func() map[string]V) func() map[string]V {
	return sync.OnceValue(func() map[string]V {
		all := parts[0]()
		for _, part := range parts[1:] {
			for key, v := range part() {
				if _, dup := all[key]; dup {
					panic("known: " + key + " is in two tables")
				}
				all[key] = v
			}
		}
		return all
	})
}
