package render

import (
	"fmt"
	"io"
	"strings"
)

// github writes workflow commands, which GitHub Actions shows as annotations.
func github(w io.Writer, r *Report) error {
	var b strings.Builder
	for i := range r.Findings {
		f := &r.Findings[i]
		properties := []string{"file=" + githubProperty(r.path(f.File))}
		if f.Start.Line > 0 {
			properties = append(properties, fmt.Sprintf("line=%d,endLine=%d", f.Start.Line, f.End.Line))
		}
		if f.Start.Column > 0 && f.Start.Line == f.End.Line { // columns are refused otherwise
			properties = append(properties, fmt.Sprintf("col=%d,endColumn=%d", f.Start.Column, f.End.Column))
		}
		properties = append(properties, "title="+githubProperty("chanlint: "+f.Name()))
		message := strings.Join(append([]string{f.Message}, r.details(f)...), "\n")
		fmt.Fprintf(&b, "::error %s::%s\n", strings.Join(properties, ","), githubData(message))
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "::error title=chanlint::%s\n", githubData(p))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var (
	githubEscape   = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscape = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubData(s string) string { return githubEscape.Replace(s) }

func githubProperty(s string) string { return propertyEscape.Replace(s) }

// gitlab writes a code quality report.
func gitlab(w io.Writer, r *Report) error {
	type lines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
	type location struct {
		Path  string `json:"path"`
		Lines lines  `json:"lines"`
	}
	type issue struct {
		Type        string            `json:"type"`
		Description string            `json:"description"`
		CheckName   string            `json:"check_name"`
		Fingerprint string            `json:"fingerprint"`
		Severity    string            `json:"severity"`
		Categories  []string          `json:"categories"`
		Location    location          `json:"location"`
		Content     map[string]string `json:"content,omitempty"`
	}
	all := []issue{}
	for i := range r.Findings {
		f := &r.Findings[i]
		issue := issue{
			Type:        "issue",
			Description: f.Message,
			CheckName:   f.Name(),
			Fingerprint: f.Fingerprint,
			Severity:    "major",
			Categories:  []string{"Bug Risk"},
			Location:    location{r.path(f.File), lines{max(f.Start.Line, 1), max(f.End.Line, 1)}},
		}
		if details := r.details(f); len(details) > 0 {
			issue.Content = map[string]string{"body": "* " + strings.Join(details, "\n* ")}
		}
		all = append(all, issue)
	}
	return JSON(w, all)
}
