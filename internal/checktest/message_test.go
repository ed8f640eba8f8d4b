package checktest

import (
	"strings"
	"testing"
)

func TestCheckMessage(t *testing.T) {
	for _, msg := range []string{
		"s.mu, locked on line 41, is held across this send, which may block; unlock it first or send in a select with default",
		"s.mu, locked on line 41, is held across the call to Publish, which sends on a channel (bus.go:77); unlock it first",
		"this loop starts a goroutine for each message and never waits; limit them with a semaphore or errgroup.SetLimit",
		"buf is modified on line 58 after it was sent on line 55; the receiver may see the change; send a copy",
		"Results is never received from; close it",
		"h.subs[k].ch is closed twice; close it once",
		"this receive from a/b.Events may block; re-check ctx.Done first",
		"T1 is sent twice; send a copy",
	} {
		if err := CheckMessage("chanleak", msg); err != nil {
			t.Errorf("CheckMessage(%q) = %v, want nil", msg, err)
		}
	}
}

func TestCheckMessageFaults(t *testing.T) {
	for _, test := range []struct{ msg, want string }{
		{"", "empty"},
		{"a\xff is sent; copy it", "UTF-8"},
		{strings.Repeat("a", 150) + "; close it", ""},
		{strings.Repeat("a", 151) + "; close it", "161 bytes"},
		{"ch is leaked\n; close it", "line break"},
		{"`ch` is leaked; close it", "backquote"},
		{"ch  is leaked; close it", "surplus space"},
		{" ch is leaked; close it", "surplus space"},
		{"ch is leaked; close it.", "punctuation"},
		{"ch is leaked; close it?", "punctuation"},
		{"ch is leaked!; close it", "exclaims"},
		{"ch %!d(string=x) is leaked; close it", "exclaims"},
		{"possible leak of ch; close it", "blames"},
		{"ch is a potential leak; close it", "blames"},
		{"warning: ch is leaked; close it", "blames"},
		{"ch is leaked; close it, please", "blames"},
		{"your channel is leaked; close it", "blames"},
		{"Possibly ch is leaked; close it", "blames"},
		{"ch escapes to the heap; close it", "analysis"},
		{"<nil> is leaked; close it", "internal value"},
		{"0xc00001234 is leaked; close it", "internal value"},
		{"t12 is leaked; close it", "register"},
		{"*t3 is leaked; close it", "register"},
		{"ch, made in /home/me/a.go:3, is leaked; close it", "absolute path"},
		{"ch (/a.go:3) is leaked; close it", "absolute path"},
		{`ch, made in C:\a.go:3, is leaked; close it`, "absolute path"},
		{`"ch" is leaked; close it`, "quotes"},
		{"'s.ch' is leaked; close it", "quotes"},
		{"ch (line 3 is leaked; close it", "parentheses"},
		{"ch is leaked, close it", "no remedy"},
		{"; close it", "no remedy"},
		{"The channel is leaked; close it", "capital"},
		{"ch is a chanleak; close it", "names its pass"},
		{"ch is leaked; the sender must close it", "verb"},
		{"ch is leaked; ctx.Done must be tested", "verb"},
		{"ch is leaked; Close it", "verb"},
		{"ch is leaked; it never ends", "verb"},
	} {
		err := CheckMessage("chanleak", test.msg)
		if test.want == "" {
			if err != nil {
				t.Errorf("CheckMessage(%q) = %v, want nil", test.msg, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("CheckMessage(%q) = %v, want an error with %q", test.msg, err, test.want)
		}
	}
}

func TestCheckRelated(t *testing.T) {
	for _, test := range []struct{ msg, want string }{
		{"s.mu is locked here", ""},
		{"the goroutine returns here without receiving", ""},
		{"s.mu is locked", `"here"`},
		{"s.mu is locked here.", "punctuation"},
		{"The lock is taken here", "capital"},
		{"s.mu is locked where", `"here"`},
	} {
		checkWant(t, "CheckRelated", test.msg, CheckRelated(test.msg), test.want)
	}
}

func TestCheckFix(t *testing.T) {
	for _, test := range []struct{ msg, want string }{
		{"unlock s.mu before the send", ""},
		{"Unlock s.mu before the send", "verb"},
		{"unlock s.mu.", "punctuation"},
		{"the lock is released", "verb"},
		{"", "empty"},
	} {
		checkWant(t, "CheckFix", test.msg, CheckFix(test.msg), test.want)
	}
}

func checkWant(t *testing.T, function, msg string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s(%q) = %v, want nil", function, msg, err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%s(%q) = %v, want an error with %q", function, msg, err, want)
	}
}

func TestCheckStep(t *testing.T) {
	for _, test := range []struct {
		msg string
		ok  bool
	}{
		{"locks s.mu", true},
		{"is called with s.mu locked", true},
		{"finds err != nil true, then returns", true},
		{"blocks for ever receiving from s.done or ctx.Done()", true},
		{"finds x  true", false},
		{"finds !ok && s[`a`] == \"\" false", true},
		{"Locks s.mu", false},
		{"is locked", false},
		{"the lock is taken", false},
		{"sends on object 3 to main", false},
		{"takes way 1 of 2", false},
		{"starts a function literal", false},
		{"", false},
	} {
		if err := CheckStep(test.msg); (err == nil) != test.ok {
			t.Errorf("CheckStep(%q) = %v, want ok %t", test.msg, err, test.ok)
		}
	}
}
