package checktest

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/chanlint/chanlint/internal/report"
)

// A rule is a pattern that no message may match, and why.
type rule struct {
	pattern *regexp.Regexp
	why     string
}

var (
	bannedWords = regexp.MustCompile(`(?i)\b(possibl[ey]|potential(ly)?|warnings?|you|your|please|forgot)\b`)
	jargon      = regexp.MustCompile(`(?i)\b(ssa|lattice|dataflow|fixpoint|escapes?|facts?|callee|phi)\b`)

	commonRules = []rule{
		{regexp.MustCompile(`[\x00-\x1f\x7f]`), "has a line break or control character"},
		{regexp.MustCompile("`"), "has a backquote"},
		{regexp.MustCompile(`  |^ | $`), "has surplus space"},
		{regexp.MustCompile(`[.,;:?]$`), "ends in punctuation"},
		{regexp.MustCompile(`!`), "exclaims, or has a formatting error"},
		{bannedWords, "has a word that says nothing or blames"},
		{jargon, "has a word of the analysis, not of the user"},
		{regexp.MustCompile(`<nil>|\binvalid type\b|\b0x[0-9a-f]{6,}\b`), "shows an internal value"},
		{regexp.MustCompile(`\bt[0-9]+\b`), "shows a register"},
		{regexp.MustCompile(`(^|[\s("'=])(/[\w.~-]|[A-Za-z]:\\)`), "shows an absolute path"},
		{regexp.MustCompile(`(^|[^[])["'][\w.]+["']`), "quotes an identifier"}, // but not as a key
	}

	saysHere    = regexp.MustCompile(`\bhere\b`)
	capitalWord = regexp.MustCompile(`^(A|An|The|This|That|These|It|If|In|On|Do|Use|Call|Send|Avoid|Channel|Mutex|Lock|Goroutine)\b`)

	stepRules = []*regexp.Regexp{
		regexp.MustCompile(`[\x00-\x1f\x7f]|  |^ | $|[.,;:]$`),
		regexp.MustCompile(`\b(object [0-9]+|way [0-9]+ of [0-9]+|a function literal|a caller|something)\b`),
	}

	// A remedy starts with a verb. What is not a verb cannot be listed,
	// but the usual ways not to start with one can.
	verbLike = regexp.MustCompile(`^[a-z]+(-[a-z]+)?( |$)`)
	notAVerb = regexp.MustCompile(`^(the|an?|this|that|these|it|its|is|are|was|may|might|should|must|can|could|would|and|or|but|` +
		`because|so|since|not|no|in|on|at|by|with|without|instead)( |$)`)
)

// CheckMessage reports the first way in which msg, a message of pass, breaks
// the grammar of messages: SUBJECT PREDICATE[, EVIDENCE]; REMEDY.
func CheckMessage(pass, msg string) error {
	if err := checkText(msg); err != nil {
		return err
	}
	i := strings.LastIndex(msg, "; ")
	if i <= 0 {
		return errors.New("has no remedy after a semicolon")
	}
	if capitalWord.MatchString(msg) {
		return errors.New("starts with a capital that is no identifier")
	}
	if strings.Contains(strings.ToLower(msg), pass) {
		return fmt.Errorf("names its pass, %s", pass)
	}
	remedy := msg[i+len("; "):]
	if !verbLike.MatchString(remedy) || notAVerb.MatchString(remedy) {
		return fmt.Errorf("has a remedy that does not start with a verb: %q", remedy)
	}
	return nil
}

// CheckRelated reports the first way in which msg is not a message for a
// related position: one clause that says what happens here.
func CheckRelated(msg string) error {
	if err := checkText(msg); err != nil {
		return err
	}
	if !saysHere.MatchString(msg) {
		return errors.New(`does not say "here"`)
	}
	if capitalWord.MatchString(msg) {
		return errors.New("starts with a capital that is no identifier")
	}
	return nil
}

// CheckFix reports the first way in which msg is not the message of a fix: a
// lower-case verb phrase.
func CheckFix(msg string) error {
	if err := checkText(msg); err != nil {
		return err
	}
	if !verbLike.MatchString(msg) || notAVerb.MatchString(msg) {
		return errors.New("does not start with a verb in lower case")
	}
	return nil
}

// CheckStep reports the first way in which msg is not the message of a step:
// what a goroutine does, to be read after its name. It may quote conditions,
// in which there can be much that other texts must not have.
func CheckStep(msg string) error {
	if len(msg) > report.MaxMessage || !utf8.ValidString(msg) {
		return fmt.Errorf("has more than %d bytes, or is not valid UTF-8", report.MaxMessage)
	}
	if verb, _ := strings.CutPrefix(msg, "is called "); !verbLike.MatchString(verb) || notAVerb.MatchString(verb) && verb == msg {
		return errors.New("does not start with a verb in lower case")
	}
	for _, pattern := range stepRules {
		if found := pattern.FindString(msg); found != "" {
			return fmt.Errorf("says nothing to a user, or breaks the line: %q", found)
		}
	}
	return nil
}

// checkText checks what holds for all texts.
func checkText(msg string) error {
	if msg == "" || !utf8.ValidString(msg) {
		return errors.New("is empty or not valid UTF-8")
	}
	if len(msg) > report.MaxMessage {
		return fmt.Errorf("has %d bytes, more than %d", len(msg), report.MaxMessage)
	}
	for _, r := range commonRules {
		if found := r.pattern.FindString(msg); found != "" {
			return fmt.Errorf("%s: %q", r.why, found)
		}
	}
	if strings.Count(msg, "(") != strings.Count(msg, ")") {
		return errors.New("has unbalanced parentheses")
	}
	return nil
}
