package render

import (
	"encoding/json"
	"io"

	"github.com/chanlint/chanlint/internal/finding"
)

// schemaVersion is that of the JSON format. It changes if a field goes or
// means something else, not if one is added.
const schemaVersion = 1

// These types are the JSON format. docs/findings.schema.json describes it.
type (
	jsonReport struct {
		Schema    int           `json:"schema"`
		Version   string        `json:"version"`
		Root      string        `json:"root"`
		Findings  []jsonFinding `json:"findings"`
		Problems  []string      `json:"problems"`
		Baselined int           `json:"baselined"`
		Unchanged int           `json:"unchanged"`
	}

	jsonFinding struct {
		Pass        string        `json:"pass"`
		Category    string        `json:"category,omitempty"`
		Message     string        `json:"message"`
		URL         string        `json:"url,omitempty"`
		Package     string        `json:"package"`
		Function    string        `json:"function,omitempty"`
		Fingerprint string        `json:"fingerprint"`
		Place       jsonPlace     `json:"place"`
		Related     []jsonRelated `json:"related,omitempty"`
		Steps       []jsonStep    `json:"steps,omitempty"`
		Fixes       []jsonFix     `json:"fixes,omitempty"`
	}

	jsonPlace struct {
		File      string `json:"file"`
		Line      int    `json:"line"`
		Column    int    `json:"column"`
		EndLine   int    `json:"endLine"`
		EndColumn int    `json:"endColumn"`
	}

	jsonRelated struct {
		Place   jsonPlace `json:"place"`
		Message string    `json:"message"`
	}

	jsonStep struct {
		Actor     string     `json:"actor"`
		Place     jsonPlace  `json:"place"`
		Message   string     `json:"message"`
		Peer      string     `json:"peer,omitempty"`
		PeerPlace *jsonPlace `json:"peerPlace,omitempty"`
		Stuck     bool       `json:"stuck,omitempty"`
	}

	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}

	jsonEdit struct {
		File  string `json:"file"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		New   string `json:"new"`
	}
)

func writeJSON(w io.Writer, r *Report) error {
	report := jsonReport{
		Schema:    schemaVersion,
		Version:   r.Version,
		Root:      r.Root,
		Findings:  []jsonFinding{},
		Problems:  append([]string{}, r.Problems...),
		Baselined: r.Baselined,
		Unchanged: r.Unchanged,
	}
	for i := range r.Findings {
		report.Findings = append(report.Findings, r.jsonFinding(&r.Findings[i]))
	}
	return JSON(w, report)
}

func (r *Report) jsonFinding(f *finding.Finding) jsonFinding {
	j := jsonFinding{
		Pass:        f.Pass,
		Category:    f.Category,
		Message:     f.Message,
		URL:         f.URL,
		Package:     f.Package,
		Function:    f.Function,
		Fingerprint: f.Fingerprint,
		Place:       r.jsonPlace(f.Place),
	}
	for _, rel := range f.Related {
		j.Related = append(j.Related, jsonRelated{r.jsonPlace(rel.Place), rel.Message})
	}
	for _, s := range f.Steps {
		step := jsonStep{Actor: s.Actor, Place: r.jsonPlace(s.Place), Message: s.Message, Peer: s.Peer, Stuck: s.Stuck}
		if s.PeerPlace.File != "" {
			peer := r.jsonPlace(s.PeerPlace)
			step.PeerPlace = &peer
		}
		j.Steps = append(j.Steps, step)
	}
	for _, fix := range f.Fixes {
		edits := []jsonEdit{}
		for _, e := range fix.Edits {
			edits = append(edits, jsonEdit{r.path(e.File), e.Start, e.End, e.New})
		}
		j.Fixes = append(j.Fixes, jsonFix{fix.Message, edits})
	}
	return j
}

func (r *Report) jsonPlace(p finding.Place) jsonPlace {
	return jsonPlace{r.path(p.File), p.Start.Line, p.Start.Column, p.End.Line, p.End.Column}
}

// JSON writes indented JSON. Code in messages keeps its < and &.
func JSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
