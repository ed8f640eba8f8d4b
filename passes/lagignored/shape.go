package lagignored

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
)

// A signal says how values are taken from a type and what on it tells of
// loss.
type signal struct {
	known.Stream
	name    string // path.Name
	byShape bool   // of a type that nobody has described
}

// tells reports whether a mention of a member is a look at the signal.
func (s *signal) tells(member string) bool { return slices.Contains(s.Signals, member) }

// telling is the signal that says most.
func (s *signal) telling() string {
	if s.tells("Err") {
		return "Err"
	}
	return s.Signals[0]
}

// reads reports whether a member takes values.
func (s *signal) reads(member string) bool { return slices.Contains(s.Reads, member) }

// shapes answers which types have a signal: those of the tables, those that
// their author has described, and those of one of three shapes.
//
//	iterator: Next() bool, Err() error
//	source:   Events() <-chan T, Err() error;  struct{ Events <-chan T; Err <-chan error }
//	message:  struct{ Value T; Err error }, received from a channel
//
// A type of another package that only looks like that, and whose Err is always
// nil, is the false positive; a type whose error has another name is missed.
type shapes struct {
	pkg   *types.Package
	files []*ast.File // of pkg
	lag   *effect.LagSignals
	cache map[*types.TypeName]*signal
}

// of returns the signal of a type, or of what it points to, nil if it has
// none.
func (s *shapes) of(t types.Type) *signal {
	named := conc.NamedOf(t)
	if named == nil || named.Obj().Pkg() == nil {
		return nil
	}
	obj := named.Obj()
	sig, ok := s.cache[obj]
	if !ok {
		sig = s.compute(named)
		s.cache[obj] = sig
	}
	return sig
}

// typeName is the name of a type in the tables.
func typeName(obj *types.TypeName) string { return obj.Pkg().Path() + "." + obj.Name() }

func (s *shapes) compute(named *types.Named) *signal {
	obj := named.Obj()
	name := typeName(obj)
	if stream, ok := known.StreamOf(name); ok {
		return &signal{Stream: stream, name: name}
	}
	if said := s.lag.Of(obj); said != nil && len(said.Members) > 0 {
		if sig := described(named, said.Members); sig != nil {
			sig.name = name
			return sig
		}
	}
	if known.IsStd(obj.Pkg().Path()) {
		return nil // vet knows those of the standard library
	}
	for _, shape := range []func(*types.Named, *types.Package) *known.Stream{iterator, source, message} {
		if stream := shape(named, s.pkg); stream != nil {
			if len(stream.Signals) == 1 && s.isAlwaysNil(named, stream.Signals[0]) {
				return nil
			}
			return &signal{Stream: *stream, name: name, byShape: true}
		}
	}
	return nil
}

// isAlwaysNil reports whether a method of the package does nothing but return nil:
// there is never an error, as in an iterator over what is in memory.
func (s *shapes) isAlwaysNil(named *types.Named, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(named, true, s.pkg, name)
	if obj == nil || obj.Pkg() != s.pkg {
		return false
	}
	for _, f := range s.files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Pos() != obj.Pos() || fn.Body == nil || len(fn.Body.List) != 1 {
				continue
			}
			ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
			if !ok || len(ret.Results) != 1 {
				return false
			}
			id, ok := ret.Results[0].(*ast.Ident)
			return ok && id.Name == "nil"
		}
	}
	return false
}

// described is the signal of a type whose author names its members. How values
// are taken from it is seen from its other members.
func described(named *types.Named, members []string) *signal {
	stream := known.Stream{Kind: known.Source, Signals: members}
	for _, name := range []string{"Next", "TryNext", "Scan"} {
		if isNext(method(named, name)) && !slices.Contains(members, name) {
			stream.Kind = known.Iterator
			stream.Reads = append(stream.Reads, name)
		}
	}
	if stream.Kind == known.Source {
		stream.Reads = slices.DeleteFunc(carriers(named), func(name string) bool { return slices.Contains(members, name) })
		if _, isStruct := named.Underlying().(*types.Struct); len(stream.Reads) == 0 && isStruct {
			stream.Kind = known.Message
		}
	}
	return &signal{Stream: stream}
}

// iterator is the shape Next() bool, Err() error.
func iterator(named *types.Named, _ *types.Package) *known.Stream {
	err := errMethod(named, "Err", "Error")
	if err == "" || !isNext(method(named, "Next")) || !holds(named) {
		return nil
	}
	return &known.Stream{Kind: known.Iterator, Reads: []string{"Next"}, Signals: []string{err}}
}

// holds reports whether an iterator may hold on to something that can fail: it
// is an interface, takes a context, or is to be closed. Others mostly read from
// memory.
func holds(named *types.Named) bool {
	if types.IsInterface(named) {
		return true
	}
	if sig := method(named, "Next"); sig.Params().Len() > 0 {
		return true
	}
	for _, name := range []string{"Close", "Release", "Stop", "Cancel"} {
		if method(named, name) != nil {
			return true
		}
	}
	return false
}

// source is the shape Events() <-chan T, Err() error, or a struct of two
// channels of another package.
func source(named *types.Named, pkg *types.Package) *known.Stream {
	if st, ok := named.Underlying().(*types.Struct); ok && named.Obj().Pkg() != pkg {
		if stream := twoChannels(st); stream != nil {
			return stream
		}
	}
	err := errMethod(named, "Err")
	if err == "" {
		return nil // many a service has a method Error
	}
	reads := carriers(named)
	if len(reads) == 0 {
		return nil
	}
	return &known.Stream{Kind: known.Source, Reads: reads, Signals: []string{err}}
}

// twoChannels is a struct that holds one channel of errors, and others, to
// receive from.
func twoChannels(st *types.Struct) *known.Stream {
	stream := &known.Stream{Kind: known.Source}
	for f := range st.Fields() {
		switch elem := received(f.Type()); {
		case elem == nil || !f.Exported():
			continue
		case isError(elem):
			stream.Signals = append(stream.Signals, f.Name())
		case !isEmpty(elem):
			stream.Reads = append(stream.Reads, f.Name())
		}
	}
	if len(stream.Signals) != 1 || len(stream.Reads) == 0 {
		return nil
	}
	return stream
}

// mostFields is how many fields a struct has that is the value or an error, and
// not a record of what happened.
const mostFields = 4

// message is a struct with a field for an error, and few others, that is no error
// itself.
func message(named *types.Named, _ *types.Package) *known.Stream {
	st, ok := named.Underlying().(*types.Struct)
	if !ok || st.NumFields() < 2 || st.NumFields() > mostFields || isAnError(named) {
		return nil
	}
	for f := range st.Fields() {
		if isErrName(f.Name()) && isError(f.Type()) {
			return &known.Stream{Kind: known.Message, Signals: []string{f.Name()}}
		}
	}
	return nil
}

// isAnError reports whether a value of type named, or a pointer to one, is an error.
func isAnError(named *types.Named) bool {
	return types.Implements(types.NewPointer(named), errorType.Underlying().(*types.Interface))
}

func isErrName(name string) bool {
	switch name {
	case "Err", "Error", "err", "error":
		return true
	}
	return false
}

// method returns the signature of a method of *named without receiver, nil if
// there is none.
func method(named *types.Named, name string) *types.Signature {
	obj, _, _ := types.LookupFieldOrMethod(named, true, named.Obj().Pkg(), name)
	if fn, ok := obj.(*types.Func); ok {
		return fn.Signature()
	}
	return nil
}

// errMethod returns which of the methods is there and returns just an error.
func errMethod(named *types.Named, names ...string) string {
	for _, name := range names {
		sig := method(named, name)
		if sig != nil && sig.Params().Len() == 0 && sig.Results().Len() == 1 && isError(sig.Results().At(0).Type()) {
			return name
		}
	}
	return ""
}

// isNext reports whether a method is one to call in the condition of a loop:
// Next() bool, or with a context.
func isNext(sig *types.Signature) bool {
	if sig == nil || sig.Params().Len() > 1 || sig.Results().Len() != 1 {
		return false
	}
	if sig.Params().Len() == 1 && sig.Params().At(0).Type().String() != "context.Context" {
		return false
	}
	b, ok := sig.Results().At(0).Type().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Bool
}

// carriers returns the names of the methods of *named that return a channel
// of data.
func carriers(named *types.Named) []string {
	var typ types.Type = named
	if !types.IsInterface(named) {
		typ = types.NewPointer(named)
	}
	var names []string
	for sel := range types.NewMethodSet(typ).Methods() {
		sig := sel.Obj().(*types.Func).Signature()
		if sig.Params().Len() != 0 || sig.Results().Len() != 1 || !sel.Obj().Exported() {
			continue
		}
		ch, ok := types.Unalias(sig.Results().At(0).Type()).Underlying().(*types.Chan)
		if ok && ch.Dir() == types.RecvOnly && !isEmpty(ch.Elem()) && !isError(ch.Elem()) { // one to send to is none
			names = append(names, sel.Obj().Name())
		}
	}
	return names
}

// received returns what is received from a channel of type t, nil if it is
// none or is for sending.
func received(t types.Type) types.Type {
	ch, ok := types.Unalias(t).Underlying().(*types.Chan)
	if !ok || ch.Dir() == types.SendOnly {
		return nil
	}
	return ch.Elem()
}

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool { return types.Identical(t, errorType) }

// isEmpty reports whether values of t say nothing: struct{}.
func isEmpty(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}
