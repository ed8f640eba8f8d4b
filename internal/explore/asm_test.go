package explore

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// assemble makes a program of its text. A line declares an object, begins a
// proc, sets a label, or is an instruction; its number is the Site.
//
//	chan c 2 | chan c nil | mutex mu | cond c mu | context x env | timer t repeat ...
//	proc main start=1 max=2 daemon main
//	label:
//	recv c / closed            (the label after the slash is the Else)
//	select recv c -> a / b ; send d ; default -> x
//	branch #1 a b "is it"      (#1 is a condition)
//
// Without a label, execution goes on with the next line, and at the end returns.
func assemble(t testing.TB, src string) *Program {
	t.Helper()
	a := &assembler{p: &Program{}, procs: make(map[string]int), objs: make(map[string]int)}
	lines := strings.Split(src, "\n")
	for _, line := range lines {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "proc" {
			a.procs[f[1]] = len(a.procs)
		}
	}
	for n, line := range lines {
		if err := a.line(n+1, strings.Fields(line)); err != nil {
			t.Fatalf("line %d, %q: %v", n+1, line, err)
		}
	}
	a.finish()
	return a.p
}

type assembler struct {
	p           *Program
	procs, objs map[string]int
	proc        *Proc
	labels      map[string]int
	fixes       []func() // run when the labels of the proc are known
}

var kinds = []string{"chan", "mutex", "rwmutex", "waitgroup", "cond", "context", "timer", "flag"}

var ops = map[string]Op{
	"goto": Jump, "branch": Branch, "forget": Forget, "return": Return, "panic": Panic, "go": Go,
	"send": Send, "recv": Recv, "close": Close, "select": Select,
	"lock": Lock, "trylock": TryLock, "unlock": Unlock, "rlock": RLock, "tryrlock": TryRLock, "runlock": RUnlock,
	"add": Add, "wait": Wait, "condwait": CondWait, "signal": Signal, "broadcast": Broadcast,
	"cancel": Cancel, "set": Set, "test": Test,
}

func (a *assembler) line(n int, f []string) error {
	switch {
	case len(f) == 0:
		return nil
	case f[0] == "proc":
		a.finish()
		a.p.Procs = append(a.p.Procs, Proc{Name: f[1]})
		a.proc = &a.p.Procs[len(a.p.Procs)-1]
		a.labels = make(map[string]int)
		return a.attributes(f[2:])
	case slices.Contains(kinds, f[0]):
		return a.object(f)
	case strings.HasSuffix(f[0], ":"):
		a.labels[strings.TrimSuffix(f[0], ":")] = len(a.proc.Code)
		return nil
	}
	return a.instr(n, f)
}

func (a *assembler) attributes(f []string) error {
	for _, attr := range f {
		key, val, _ := strings.Cut(attr, "=")
		v, _ := strconv.Atoi(val)
		switch key {
		case "start":
			a.proc.Start = max(1, v)
		case "max":
			a.proc.Max = v
		case "daemon":
			a.proc.Daemon = true
		case "main":
			a.proc.Main = true
		default:
			return fmt.Errorf("attribute %q", key)
		}
	}
	return nil
}

func (a *assembler) object(f []string) error {
	o := Object{Kind: Kind(slices.Index(kinds, f[0])), Name: f[1]}
	for _, attr := range f[2:] {
		v, err := strconv.Atoi(attr)
		switch {
		case err == nil:
			o.Cap = v
		case attr == "nil":
			o.Nil = true
		case attr == "env":
			o.Env = true
		case attr == "repeat":
			o.Repeat = true
		default:
			o.Lock = a.objs[attr]
		}
	}
	a.objs[o.Name] = len(a.p.Objects)
	a.p.Objects = append(a.p.Objects, o)
	return nil
}

func (a *assembler) instr(n int, f []string) error {
	op, ok := ops[f[0]]
	if !ok {
		return fmt.Errorf("operation %q", f[0])
	}
	pc := len(a.proc.Code)
	in := Instr{Op: op, Site: n, Next: pc + 1, Else: pc + 1}
	for mark, set := range map[string]*bool{"!idle": &in.Idle, "!open": &in.Open, "!less": &in.Less} {
		if i := slices.Index(f, mark); i > 0 {
			*set, f = true, slices.Delete(f, i, i+1)
		}
	}
	if i := slices.Index(f, "/"); i > 0 && op != Select {
		a.fix(func(in *Instr) *int { return &in.Else }, f[i+1])
		f = f[:i]
	}
	switch op {
	case Jump:
		a.fix(func(in *Instr) *int { return &in.Next }, f[1])
	case Go:
		in.N = a.procs[f[1]]
	case Branch, Forget:
		a.branch(&in, f[1:])
	case Select:
		a.cases(&in, strings.Split(strings.Join(f[1:], " "), ";"))
	case Return, Panic:
	default:
		if in.Obj, ok = a.objs[f[1]]; !ok {
			return fmt.Errorf("object %q", f[1])
		}
		if len(f) > 2 {
			in.N, _ = strconv.Atoi(f[2])
		}
	}
	a.proc.Code = append(a.proc.Code, in)
	return nil
}

func (a *assembler) branch(in *Instr, f []string) {
	for i, word := range f {
		switch {
		case word[0] == '#':
			in.Cond, _ = strconv.Atoi(word[1:])
		case word[0] == '"':
			in.Label = strings.Trim(strings.Join(f[i:], " "), `"`)
			return
		default:
			k := len(in.To)
			in.To = append(in.To, 0)
			a.fix(func(in *Instr) *int { return &in.To[k] }, word)
		}
	}
}

func (a *assembler) cases(in *Instr, texts []string) {
	for _, text := range texts {
		f := strings.Fields(text)
		if len(f) == 0 {
			continue
		}
		k := len(in.Cases)
		next := func(in *Instr) *int { return &in.Cases[k].Next }
		if f[0] == "default" {
			in.Default = true
			next = func(in *Instr) *int { return &in.Next }
		} else {
			in.Cases = append(in.Cases, Case{Op: ops[f[0]], Obj: a.objs[f[1]], Next: in.Next, Else: in.Else, Site: in.Site})
		}
		if i := slices.Index(f, "->"); i > 0 {
			a.fix(next, f[i+1])
			if k < len(in.Cases) {
				a.fix(func(in *Instr) *int { return &in.Cases[k].Else }, f[len(f)-1])
			}
		}
	}
}

// fix notes that a field of the instruction to come is to be the place of label.
func (a *assembler) fix(field func(in *Instr) *int, label string) {
	proc, pc, labels := len(a.p.Procs)-1, len(a.proc.Code), a.labels
	a.fixes = append(a.fixes, func() {
		to, ok := labels[label]
		if !ok {
			panic("no label " + label)
		}
		*field(&a.p.Procs[proc].Code[pc]) = to
	})
}

func (a *assembler) finish() {
	if a.proc == nil {
		return
	}
	a.proc.Code = append(a.proc.Code, Instr{Op: Return})
	for _, fix := range a.fixes {
		fix()
	}
	a.fixes = nil
}
