package chanlint_test

import (
	"bytes"
	"encoding/gob"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint"
)

// factTypes returns the types of the facts of all analyzers of the module,
// those that others require included.
func factTypes() []reflect.Type {
	var list []reflect.Type
	seen := make(map[*analysis.Analyzer]bool)
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, f := range a.FactTypes {
			if typ := reflect.TypeOf(f).Elem(); strings.HasPrefix(typ.PkgPath(), module) {
				list = append(list, typ)
			}
		}
		for _, req := range a.Requires {
			visit(req)
		}
	}
	for _, a := range chanlint.Analyzers() {
		visit(a)
	}
	return list
}

// TestFactTypes checks that facts are made of what has one encoding only and
// means the same in another process.
func TestFactTypes(t *testing.T) {
	types := factTypes()
	if len(types) == 0 {
		t.Fatal("no analyzer has facts")
	}
	for _, typ := range types {
		checkEncodable(t, typ, typ.String())
		if _, ok := reflect.PointerTo(typ).MethodByName("String"); !ok {
			t.Errorf("%v has no method String", typ)
		}
	}
}

func checkEncodable(t *testing.T, typ reflect.Type, where string) {
	t.Helper()
	switch typ.Kind() {
	case reflect.Struct:
		for f := range typ.Fields() {
			if !f.IsExported() {
				t.Errorf("%s.%s is not exported, and is lost", where, f.Name)
			}
			checkEncodable(t, f.Type, where+"."+f.Name)
		}
	case reflect.Slice, reflect.Array:
		checkEncodable(t, typ.Elem(), where+"[]")
	case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.Pointer, reflect.UnsafePointer, reflect.Uintptr:
		t.Errorf("%s is a %s", where, typ.Kind())
	}
	if typ.PkgPath() == "go/token" {
		t.Errorf("%s is a %v, which means nothing in another process", where, typ)
	}
}

// TestFactCodec encodes facts with random content: what comes out is what
// went in, and each time the same bytes.
func TestFactCodec(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, typ := range factTypes() {
		for range 50 {
			in := reflect.New(typ)
			fill(rnd, in.Elem())
			first := encode(t, in)
			for range 10 {
				if !bytes.Equal(encode(t, in), first) {
					t.Fatalf("%v is encoded in more than one way: %v", typ, in)
				}
			}
			out := reflect.New(typ)
			if err := gob.NewDecoder(bytes.NewReader(first)).DecodeValue(out); err != nil {
				t.Fatalf("decoding %v: %v", in, err)
			}
			if diff := gocmp.Diff(in.Interface(), out.Interface()); diff != "" {
				t.Fatalf("%v after encoding (-in +out):\n%s", typ, diff)
			}
		}
	}
}

func encode(t *testing.T, v reflect.Value) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).EncodeValue(v); err != nil {
		t.Fatalf("encoding %v: %v", v, err)
	}
	return buf.Bytes()
}

// fill sets v, of a type that checkEncodable accepts, to a random value. Empty
// slices are nil, as they are after decoding.
func fill(rnd *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(rnd, v.Field(i))
		}
	case reflect.Slice:
		for range rnd.IntN(4) {
			elem := reflect.New(v.Type().Elem()).Elem()
			fill(rnd, elem)
			v.Set(reflect.Append(v, elem))
		}
	case reflect.String:
		v.SetString(strings.Repeat("é.", rnd.IntN(20)))
	case reflect.Bool:
		v.SetBool(rnd.IntN(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(rnd.Int64N(256) - 128)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(rnd.Uint64N(256))
	default:
		panic("a fact with a " + v.Kind().String())
	}
}
