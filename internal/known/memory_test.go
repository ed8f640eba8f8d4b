package known

import (
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestMemory checks the tables of memory against the functions that exist:
// what is filled is a slice or map, or an interface that may hold one, and what
// aliases the receiver is a slice.
func TestMemory(t *testing.T) {
	a, err := loadAPI()
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	for _, key := range slices.Sorted(maps.Keys(fills())) {
		fn, i := a.funcs[key], fills()[key]
		if fn == nil {
			continue // TestResolve says so
		}
		if fn.Signature().Recv() != nil {
			i--
		}
		if i < 0 || i >= fn.Signature().Params().Len() {
			t.Errorf("%s has no argument %d", key, fills()[key])
			continue
		}
		switch u := fn.Signature().Params().At(i).Type().Underlying().(type) {
		case *types.Slice, *types.Map, *types.Interface: // or a type parameter
		default:
			t.Errorf("%s: argument %d is a %s", key, fills()[key], u)
		}
	}
	for key := range aliases() {
		if fn := a.funcs[key]; fn != nil && fn.Signature().Results().At(0).Type().String() != "[]byte" {
			t.Errorf("%s does not return memory", key)
		}
	}
	for key := range reuses() {
		if !strings.HasPrefix(key, "(*") {
			t.Errorf("%s is no method of a pointer", key)
		}
	}
	for key, want := range map[string]int{"io.ReadFull": 1, "encoding/binary.PutUvarint": 0} {
		if got, ok := Fills(key); got != want || !ok {
			t.Errorf("Fills(%q) = %d, %t, want %d, true", key, got, ok, want)
		}
	}
	if _, ok := Fills("io.ReadAll"); ok {
		t.Error("io.ReadAll makes new memory")
	}
}

// TestHandles checks that the methods exist, and that each handle that can be
// given up can be used, and the other way round.
func TestHandles(t *testing.T) {
	paths := make(map[string]bool)
	for key := range handles() {
		paths[packageOf(key)] = true
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedTypes | packages.NeedImports | packages.NeedExportFile}, slices.Sorted(maps.Keys(paths))...)
	if err != nil {
		t.Fatalf("loading packages: %v", err)
	}
	a := api{make(map[string]*types.Package), make(map[string]*types.Func)}
	for _, pkg := range pkgs {
		a.add(pkg.Types)
	}
	for key := range handles() {
		if a.funcs[key] == nil {
			t.Errorf("%s does not exist, or is called otherwise", key)
		}
	}
	uses, ends := make(map[string]bool), make(map[string]bool)
	for key, what := range handles() {
		typ := key[:strings.LastIndex(key, ".")]
		uses[typ] = uses[typ] || what&HandleUse != 0
		ends[typ] = ends[typ] || what&HandleEnd != 0
	}
	if !maps.Equal(uses, ends) || len(uses) == 0 {
		t.Errorf("can be used %v, can be given up %v", uses, ends)
	}
	if got := HandleOf("(github.com/chanlint/chanlint/runtime/oneshot.Sender[T]).Send"); got != HandleUse|HandleEnd {
		t.Errorf("a oneshot's Send is %d", got)
	}
	if got := HandleOf("(*sync.Mutex).Lock"); got != 0 {
		t.Errorf("a lock is a handle: %d", got)
	}
}
