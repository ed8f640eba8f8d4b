package heap

import (
	"go/types"
)

// Type is the type of what is at v, nil if that is not known.
func (v Value) Type() types.Type {
	if !v.Known() || v.Obj.Site == nil {
		return nil
	}
	t := v.Obj.Site.Type()
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	for _, sel := range selections(v.Path) {
		if t = selectType(t, sel); t == nil {
			return nil
		}
	}
	return t
}

// selections splits a path: ".mu", "[*]", "*", "#0".
func selections(path string) []string {
	var out []string
	start := 0
	for i := 1; i <= len(path); i++ {
		if i == len(path) || path[i] == '.' || path[i] == '[' || path[i] == '#' || path[i] == '<' || path[i] == '*' && path[i-1] != '[' {
			out = append(out, path[start:i])
			start = i
		}
	}
	return out
}

// selectType is the type of the selection sel of a value of type t.
func selectType(t types.Type, sel string) types.Type {
	switch sel[0] {
	case '.':
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		for f := range st.Fields() {
			if f.Name() == sel[1:] {
				return f.Type()
			}
		}
	case '*':
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			return ptr.Elem()
		}
		return t // a channel, map, slice or function
	case '[':
		switch t := t.Underlying().(type) {
		case *types.Slice:
			return t.Elem()
		case *types.Array:
			return t.Elem()
		case *types.Map:
			return t.Elem()
		}
	case '<':
		if ch, ok := t.Underlying().(*types.Chan); ok {
			return ch.Elem()
		}
	}
	return nil
}
