package render

import (
	"io"
	"strings"

	"github.com/chanlint/chanlint/internal/finding"
)

// These types are the Reviewdog Diagnostic Format.
type (
	rdReport struct {
		Source      rdSource       `json:"source"`
		Severity    string         `json:"severity"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}

	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}

	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"relatedLocations,omitempty"`
	}

	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}

	rdLocation struct {
		Path  string  `json:"path"`
		Range *rdSpan `json:"range,omitempty"`
	}

	// Columns count bytes, as ours do.
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}

	rdSpan struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}

	rdSuggestion struct {
		Range rdSpan `json:"range"`
		Text  string `json:"text"`
	}

	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// rdjson writes what reviewdog reads with -f=rdjson.
func rdjson(w io.Writer, r *Report) error {
	report := rdReport{
		Source:      rdSource{"chanlint", "https://github.com/chanlint/chanlint"},
		Severity:    "ERROR",
		Diagnostics: []rdDiagnostic{},
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		d := rdDiagnostic{
			Message:  f.Message,
			Location: r.rdLocation(f.Place),
			Severity: "ERROR",
			Code:     rdCode{f.Name(), f.URL},
		}
		for _, fix := range f.Fixes {
			if place, text, ok := r.joined(fix); ok && place.File == f.File {
				d.Suggestions = append(d.Suggestions, rdSuggestion{rdRange(place), text})
			}
		}
		for _, rel := range f.Related {
			d.Related = append(d.Related, rdRelated{rel.Message, r.rdLocation(rel.Place)})
		}
		report.Diagnostics = append(report.Diagnostics, d)
	}
	return JSON(w, report)
}

func (r *Report) rdLocation(p finding.Place) rdLocation {
	loc := rdLocation{Path: r.path(p.File)}
	if p.Start.Line > 0 {
		span := rdRange(p)
		loc.Range = &span
	}
	return loc
}

func rdRange(p finding.Place) rdSpan {
	return rdSpan{rdPosition(p.Start), rdPosition(p.End)}
}

// joined returns a fix as one replacement, which is all that some formats
// know, if it changes one file.
func (r *Report) joined(fix finding.Fix) (place finding.Place, text string, ok bool) {
	if len(fix.Edits) == 0 {
		return finding.Place{}, "", false
	}
	file := fix.Edits[0].File
	src := r.Sources.File(file)
	edits := finding.SortEdits(fix.Edits)
	at := edits[0].Start
	var b strings.Builder
	for _, e := range edits {
		if e.File != file || e.Start < at || e.End < e.Start || e.End > len(src.Text) {
			return finding.Place{}, "", false
		}
		b.WriteString(src.Text[at:e.Start] + e.New)
		at = e.End
	}
	return finding.Place{File: file, Start: src.Position(edits[0].Start), End: src.Position(at)}, b.String(), true
}
