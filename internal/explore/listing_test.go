package explore

import (
	"bytes"
	"fmt"
)

func listObjects(p *Program) []byte {
	var b bytes.Buffer
	for _, o := range p.Objects {
		fmt.Fprintf(&b, "%s %s", kinds[o.Kind], o.Name)
		switch {
		case o.Nil:
			b.WriteString(" nil")
		case o.Env:
			b.WriteString(" env")
		case o.Repeat:
			b.WriteString(" repeat")
		case o.Kind == Cond:
			b.WriteString(" " + p.Objects[o.Lock].Name)
		case o.Kind == Chan:
			fmt.Fprintf(&b, " %d", o.Cap)
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

func listProcs(p *Program) []byte {
	var b bytes.Buffer
	for _, proc := range p.Procs {
		fmt.Fprintf(&b, "proc %s", proc.Name)
		if proc.Start > 0 {
			fmt.Fprintf(&b, " start=%d", proc.Start)
		}
		fmt.Fprintf(&b, " max=%d\n", proc.max())
		for pc := range proc.Code {
			fmt.Fprintf(&b, "L%d:\n\t%s\n", pc, listInstr(p, pc, &proc.Code[pc]))
		}
	}
	return b.Bytes()
}

func listInstr(p *Program, pc int, in *Instr) string {
	var b bytes.Buffer
	for name, op := range ops {
		if op == in.Op {
			b.WriteString(name)
		}
	}
	switch in.Op {
	case Jump:
		fmt.Fprintf(&b, " L%d", in.Next)
	case Go:
		b.WriteString(" " + p.Procs[in.N].Name)
	case Branch, Forget:
		if in.Cond > 0 {
			fmt.Fprintf(&b, " #%d", in.Cond)
		}
		for _, t := range in.To {
			fmt.Fprintf(&b, " L%d", t)
		}
	case Select:
		for _, c := range in.Cases {
			fmt.Fprintf(&b, " %s %s -> L%d / L%d ;", []string{"send", "recv"}[c.Op-Send], p.Objects[c.Obj].Name, c.Next, c.Else)
		}
		if in.Default {
			fmt.Fprintf(&b, " default -> L%d", in.Next)
		}
	case Return, Panic:
	default:
		b.WriteString(" " + p.Objects[in.Obj].Name)
		if in.Op == Add || in.Op == Set || in.Op == Test {
			fmt.Fprintf(&b, " %d", in.N)
		}
		if in.Op == Recv || in.Op == TryLock || in.Op == TryRLock || in.Op == Test {
			fmt.Fprintf(&b, " / L%d", in.Else)
		}
	}
	return b.String()
}
