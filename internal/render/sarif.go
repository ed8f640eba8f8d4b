package render

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/finding"
)

// sarifRoot is the name that SARIF knows the root of the sources by.
const sarifRoot = "%SRCROOT%"

// fingerprintName names the kind of fingerprint; another kind is another name.
const fingerprintName = "chanlint/v1"

func writeSARIF(w io.Writer, r *Report) error {
	index := make(map[string]int)
	rules := []sarifRule{}
	for _, rule := range r.sarifRules() {
		index[rule.ID] = len(rules)
		rules = append(rules, rule)
	}
	run := sarifRun{
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
		Invocations: []sarifInvocation{{Successful: len(r.Problems) == 0}},
		Bases:       map[string]sarifArtifact{sarifRoot: {URI: fileURL(r.Root) + "/"}},
	}
	run.Tool.Driver = sarifDriver{
		Name:           "chanlint",
		Version:        r.Version,
		InformationURI: "https://github.com/chanlint/chanlint",
		Rules:          rules,
	}
	for _, p := range r.Problems {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications,
			sarifNotification{Level: "error", Message: sarifMessage{Text: p}})
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		run.Results = append(run.Results, r.sarifResult(f, index[f.Name()]))
	}
	return JSON(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarifRules returns the rules, and what findings have besides.
func (r *Report) sarifRules() []sarifRule {
	all := slices.Clone(r.Rules)
	for i := range r.Findings {
		rule := r.rule(&r.Findings[i])
		if !slices.ContainsFunc(all, func(known Rule) bool { return known.Name == rule.Name }) {
			all = append(all, rule)
		}
	}
	var rules []sarifRule
	for _, rule := range all {
		s := sarifRule{
			ID:      rule.Name,
			Name:    sarifName(rule.Name),
			HelpURI: rule.URL,
			Config:  sarifConfig{Level: "error"},
		}
		if rule.Summary != "" {
			s.Short = &sarifMessage{Text: rule.Summary}
			s.Full = s.Short
		}
		if rule.Help != "" {
			s.Help = &sarifMessage{Text: rule.Help, Markdown: rule.Detail}
		}
		rules = append(rules, s)
	}
	return rules
}

// sarifName returns a name for people: ChanleakStuck for chanleak/stuck.
func sarifName(rule string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(rule, "/") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

func (r *Report) sarifResult(f *finding.Finding, rule int) sarifResult {
	res := sarifResult{
		RuleID:       f.Name(),
		RuleIndex:    rule,
		Level:        "error",
		Message:      sarifMessage{Text: f.Message},
		Locations:    []sarifLocation{r.sarifLocation(f.Place, "")},
		Fingerprints: map[string]string{fingerprintName: f.Fingerprint},
		CodeFlows:    r.sarifFlows(f),
	}
	for i, rel := range f.Related {
		loc := r.sarifLocation(rel.Place, rel.Message)
		loc.ID = i + 1
		res.Related = append(res.Related, loc)
	}
	for _, fix := range f.Fixes {
		res.Fixes = append(res.Fixes, r.sarifFix(fix))
	}
	return res
}

// sarifFlows returns the way to the finding: its witness, with a flow for each
// goroutine, or else the related places, ending at the finding.
func (r *Report) sarifFlows(f *finding.Finding) []sarifCodeFlow {
	var threads []sarifThreadFlow
	switch {
	case len(f.Steps) > 0:
		for _, actor := range actors(f) {
			if flow := r.sarifThread(f, actor); len(flow.Locations) > 0 {
				threads = append(threads, flow)
			}
		}
	case len(f.Related) > 0:
		var flow sarifThreadFlow
		for i, rel := range f.Related {
			flow.Locations = append(flow.Locations, sarifFlowLocation{Location: r.sarifLocation(rel.Place, rel.Message), Order: i + 1})
		}
		end := sarifFlowLocation{Location: r.sarifLocation(f.Place, f.Message), Order: len(f.Related) + 1}
		flow.Locations = append(flow.Locations, end)
		threads = append(threads, flow)
	default:
		return nil
	}
	return []sarifCodeFlow{{threads}}
}

// sarifThread returns what one goroutine does in a witness, and what reaches
// it: then it has the same number as the step of the other one.
func (r *Report) sarifThread(f *finding.Finding, actor string) sarifThreadFlow {
	flow := sarifThreadFlow{ID: actor}
	for i, s := range f.Steps {
		loc := sarifFlowLocation{Order: i + 1}
		switch {
		case s.Actor == actor:
			loc.Location = r.sarifLocation(s.Place, s.Message)
		case s.Peer == actor && s.PeerPlace.File != "":
			loc.Location = r.sarifLocation(s.PeerPlace, s.Actor+" "+s.Message)
		default:
			continue
		}
		if s.Stuck {
			loc.Importance = "essential"
		}
		flow.Locations = append(flow.Locations, loc)
	}
	return flow
}

func (r *Report) sarifFix(fix finding.Fix) sarifFix {
	s := sarifFix{Description: sarifMessage{Text: fix.Message}}
	for _, e := range fix.Edits {
		artifact := r.sarifArtifact(e.File)
		i := slices.IndexFunc(s.Changes, func(c sarifChange) bool { return c.Artifact == artifact })
		if i < 0 {
			i = len(s.Changes)
			s.Changes = append(s.Changes, sarifChange{Artifact: artifact})
		}
		src := r.Sources.File(e.File)
		place := finding.Place{File: e.File, Start: src.Position(e.Start), End: src.Position(e.End)}
		replacement := sarifReplacement{Deleted: *r.sarifRegion(place)}
		if e.New != "" {
			replacement.Inserted = &sarifMessage{Text: e.New}
		}
		s.Changes[i].Replacements = append(s.Changes[i].Replacements, replacement)
	}
	return s
}

func (r *Report) sarifLocation(p finding.Place, message string) sarifLocation {
	loc := sarifLocation{Physical: sarifPhysical{r.sarifArtifact(p.File), r.sarifRegion(p)}}
	if message != "" {
		loc.Message = &sarifMessage{Text: message}
	}
	return loc
}

// sarifRegion returns the region of a place, or nil if it is the whole file.
func (r *Report) sarifRegion(p finding.Place) *sarifRegion {
	if p.Start.Line == 0 {
		return nil
	}
	if p.Start.Column == 0 {
		return &sarifRegion{StartLine: p.Start.Line, EndLine: p.End.Line}
	}
	src := r.Sources.File(p.File)
	return &sarifRegion{p.Start.Line, src.Columns(p.Start), p.End.Line, src.Columns(p.End)}
}

// sarifArtifact returns the file, relative to the root if it is below it.
func (r *Report) sarifArtifact(file string) sarifArtifact {
	path := r.path(file)
	if filepath.IsAbs(filepath.FromSlash(path)) {
		return sarifArtifact{URI: fileURL(file)}
	}
	return sarifArtifact{(&url.URL{Path: path}).EscapedPath(), sarifRoot}
}

// fileURL returns the file URL of an absolute path.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/dir
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
