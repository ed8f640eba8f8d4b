package chanleak

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/report"
)

// A goroutine that ranges over the channel of a ticker goes on until the
// channel is closed, which Stop does not do. If another function stops the
// ticker, the goroutine was meant to end.

// tickers returns the diagnostics for the range loops of f over the channel of a
// ticker that another function stops.
func tickers(p *conc.Package, f *conc.Func) []report.Diagnostic {
	var out []report.Diagnostic
	for op := range f.Ops {
		stop := p.TickerStop(op)
		if stop == nil || !f.Started {
			continue
		}
		out = append(out, report.Diagnostic{
			Pos: op.Pos(), End: op.End(), Category: unserved,
			Message: fmt.Sprintf("this range loop over %s never ends, because Stop (%s) does not close the channel; select on it and a stop channel",
				op.Expr(), report.Line(p.Fset, op.Pos(), stop.Pos())),
			Related: []analysis.RelatedInformation{{Pos: stop.Pos(), End: stop.End(), Message: "the ticker is stopped here"}},
		})
	}
	return out
}
