package known

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

func TestConflates(t *testing.T) {
	for name, want := range map[string]Gives{
		"(*github.com/hashicorp/raft.Raft).LeaderCh":                       ByChannel,
		"(*go.etcd.io/etcd/client/v3/concurrency.Election).Observe":        ByChannel,
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).Next":   ByCall,
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).Values": ByIterator,
		"(*github.com/chanlint/chanlint/runtime/watch.Receiver[T]).Get":    0, // asks for the state
		"": 0,
	} {
		if got, ok := Conflates(name); got != want || ok != (want != 0) {
			t.Errorf("Conflates(%q) = %d, %t, want %d", name, got, ok, want)
		}
	}
}

// TestCompanionConflates checks that the companion library has the methods that
// the table speaks of.
func TestCompanionConflates(t *testing.T) {
	files, err := filepath.Glob("../../runtime/watch/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("package watch has no files (%v)", err)
	}
	has := make(map[string]bool)
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv != nil {
				has[fn.Name.Name] = true
			}
		}
	}
	for name := range companionConflating() {
		if method := name[strings.LastIndex(name, ".")+1:]; !has[method] {
			t.Errorf("%s does not exist", name)
		}
	}
}
