package render

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/chanlint/chanlint/internal/finding"
)

// The page is one file: it has its style and its script in it, and its policy
// forbids to load anything.
var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string

	page = sync.OnceValue(func() *template.Template {
		return template.Must(template.New("page").Funcs(template.FuncMap{
			"add": func(i, j int) int { return i + j },
			"sub": func(i, j int) int { return i - j },
		}).Parse(pageSource))
	})
)

// htmlContext is how many lines the page shows around those with marks.
const htmlContext = 2

// These types are what the template of the page sees.
type (
	htmlPage struct {
		Version              string
		Total                string
		Baselined, Unchanged int
		Problems             []string
		Passes               []htmlPass
		Packages             []htmlPackage
		Style                template.CSS
		Script               template.JS
	}

	htmlPass struct {
		Name  string
		Count int
	}

	htmlPackage struct {
		Path     string
		Findings []htmlFinding
	}

	htmlFinding struct {
		ID, Pass, Name, Message, Package, Function, URL, Posn string

		Frames []htmlFrame
		Actors []string
		Steps  []htmlStep
		Fixes  []string
		Search string
	}

	htmlFrame struct {
		Posn  string
		Lines []htmlLine
	}

	// An htmlLine is a row: a line of source, a mark under one, or a gap.
	htmlLine struct {
		Number        int
		Text          string
		Mark, Primary bool
		Indent        string
		Note          string
	}

	htmlStep struct {
		Number, Lane  int // from 1; lane is that of the actor
		Actor         string
		Message, Posn string
		Stuck         bool
		Arrow         *htmlArrow // nil if the step reaches nobody else
	}

	// An htmlArrow leads from the lane of a step to that of its peer.
	htmlArrow struct {
		Peer      string
		Lane      int // of the peer
		From, To  int // the lines of the grid between which the arrow is drawn
		Leftwards bool
		Posn      string // where the peer is, if that is known
	}
)

func writeHTML(w io.Writer, r *Report) error {
	p := htmlPage{
		Version:   r.Version,
		Total:     count(len(r.Findings), "finding"),
		Baselined: r.Baselined,
		Unchanged: r.Unchanged,
		Problems:  r.Problems,
		Style:     template.CSS(pageStyle),
		Script:    template.JS(pageScript),
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		p.addPass(f.Pass)
		p.addFinding(r.htmlFinding(f))
	}
	return page().Execute(w, p)
}

func (p *htmlPage) addPass(name string) {
	for i := range p.Passes {
		if p.Passes[i].Name == name {
			p.Passes[i].Count++
			return
		}
	}
	p.Passes = append(p.Passes, htmlPass{name, 1})
}

func (p *htmlPage) addFinding(f htmlFinding) {
	for i := range p.Packages {
		if p.Packages[i].Path == f.Package {
			p.Packages[i].Findings = append(p.Packages[i].Findings, f)
			return
		}
	}
	p.Packages = append(p.Packages, htmlPackage{f.Package, []htmlFinding{f}})
}

func (r *Report) htmlFinding(f *finding.Finding) htmlFinding {
	h := htmlFinding{
		ID:       "f" + f.Fingerprint,
		Pass:     f.Pass,
		Name:     f.Name(),
		Message:  f.Message,
		Package:  f.Package,
		Function: f.Function,
		URL:      f.URL,
		Posn:     r.machinePosn(f.Place),
		Actors:   actors(f),
	}
	for _, fr := range r.frames(f, htmlContext) {
		h.Frames = append(h.Frames, htmlFrame{r.machinePosn(fr.marks[0].place), htmlLines(fr)})
	}
	h.Steps = r.htmlSteps(f, h.Actors)
	for _, fix := range f.Fixes {
		h.Fixes = append(h.Fixes, fix.Message)
	}
	h.Search = strings.ToLower(strings.Join([]string{h.Name, h.Message, h.Package, h.Function, h.Posn}, " "))
	return h
}

func (r *Report) htmlSteps(f *finding.Finding, actors []string) []htmlStep {
	var all []htmlStep
	for i, s := range f.Steps {
		step := htmlStep{
			Number:  i + 1,
			Lane:    slices.Index(actors, s.Actor) + 1,
			Actor:   s.Actor,
			Message: s.Message,
			Posn:    r.machinePosn(s.Place),
			Stuck:   s.Stuck,
		}
		if peer := slices.Index(actors, s.Peer) + 1; peer > 0 && peer != step.Lane {
			step.Arrow = &htmlArrow{
				Peer:      s.Peer,
				Lane:      peer,
				From:      min(step.Lane, peer),
				To:        max(step.Lane, peer) + 1,
				Leftwards: peer < step.Lane,
			}
			if s.PeerPlace.File != "" {
				step.Arrow.Posn = r.machinePosn(s.PeerPlace)
			}
		}
		all = append(all, step)
	}
	return all
}

func htmlLines(fr frame) []htmlLine {
	var rows []htmlLine
	for _, l := range fr.lines {
		rows = append(rows, htmlLine{Number: l.number, Text: l.text})
		for _, m := range l.marks {
			rows = append(rows, htmlLine{
				Mark:    true,
				Primary: m.primary,
				Indent:  strings.Repeat(" ", m.indent),
				Text:    strings.Repeat("‾", m.length),
				Note:    m.message,
			})
		}
	}
	return rows
}
