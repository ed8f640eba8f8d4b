package strict

// A Lamp is put out by its owner.
type Lamp struct{ out chan struct{} }

// Close has no guard, and no second caller that is seen: who calls it twice
// breaks the contract that most methods of this name have.
func (l *Lamp) Close() { close(l.out) }
