package trail

import (
	"strings"
	"testing"
)

func TestCodec(t *testing.T) {
	for _, want := range []Step{
		{},
		{Actor: "main", Message: "starts worker #2", Peer: "worker #2"},
		{Actor: `"a": {b}`, Message: "sends on m[\"k\"] <- 'x'\n", Stuck: true},
		{Actor: "générer", Message: "blocks for ever sending on s.ch & <-t"},
	} {
		msg := Encode(want)
		if strings.ContainsAny(msg, "\n\r") {
			t.Errorf("%+v is encoded on several lines: %q", want, msg)
		}
		if got, ok := Decode(msg); !ok || got != want {
			t.Errorf("Decode(%q) = %+v, %t; want %+v", msg, got, ok, want)
		}
	}
}

func TestDecodeOther(t *testing.T) {
	for _, msg := range []string{"", "s.mu is locked here", Peer, mark, mark + "here", mark + `{"actor":`, ` ` + mark + `{}`, mark + `[]`} {
		if got, ok := Decode(msg); ok || got != (Step{}) {
			t.Errorf("Decode(%q) = %+v, %t; want no step", msg, got, ok)
		}
	}
}
