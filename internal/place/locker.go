package place

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// asLocker is the place of a value that becomes an interface: if the interface
// is that of a lock, and the value a structure that embeds one, the embedded
// lock, since that is what its methods work on. A structure is not told from
// its lock otherwise: x, as a sync.Locker, and x.Mutex.
func (r *memory) asLocker(v *ssa.MakeInterface) Place {
	pl := r.Of(v.X)
	if !isLocker(v.Type()) {
		return pl
	}
	typ := v.X.Type()
	_, index, _ := types.LookupFieldOrMethod(typ, true, nil, "Unlock")
	for _, i := range index[:max(len(index)-1, 0)] {
		f := fieldOf(typ, i)
		pl, typ = pl.Select(f), f.Type()
	}
	return pl
}

// isLocker reports whether an interface is for locking and nothing else.
func isLocker(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return false
	}
	unlocks := false
	for m := range iface.Methods() {
		switch m.Name() {
		case "Unlock":
			unlocks = true
		case "Lock", "TryLock", "RLock", "RUnlock", "TryRLock":
		default:
			return false
		}
	}
	return unlocks
}
