package chans

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A family is one metric of the exposition: its value for each channel.
type family struct {
	name, typ, help string
	value           func(s *Stats) float64
}

var families = []family{
	{"chans_len", "gauge", "Values queued.", func(s *Stats) float64 { return float64(s.Len) }},
	{"chans_capacity", "gauge", "Room for values; 0 if there is no bound.", func(s *Stats) float64 { return float64(s.Cap) }},
	{"chans_reserved", "gauge", "Room held by unused permits.", func(s *Stats) float64 { return float64(s.Reserved) }},
	{"chans_high_water", "gauge", "Largest number of queued values seen.", func(s *Stats) float64 { return float64(s.HighWater) }},
	{"chans_senders", "gauge", "Open sending handles.", func(s *Stats) float64 { return float64(s.Senders) }},
	{"chans_receivers", "gauge", "Open receiving handles.", func(s *Stats) float64 { return float64(s.Receivers) }},
	{"chans_closed", "gauge", "1 if no further value will be accepted.", func(s *Stats) float64 {
		if s.Closed {
			return 1
		}
		return 0
	}},
	{"chans_sent_total", "counter", "Values accepted.", func(s *Stats) float64 { return float64(s.Sent) }},
	{"chans_received_total", "counter", "Values handed to a receiver.", func(s *Stats) float64 { return float64(s.Received) }},
	{"chans_full_total", "counter", "Sends given up at once for lack of room.", func(s *Stats) float64 { return float64(s.Full) }},
	{"chans_blocked_total", "counter", "Sends that had to wait.", func(s *Stats) float64 { return float64(s.Blocked) }},
	{"chans_blocked_seconds_total", "counter", "Time that sends have waited, together.", func(s *Stats) float64 { return s.BlockedFor.Seconds() }},
	{"chans_cancelled_total", "counter", "Waits ended by a context or a timeout.", func(s *Stats) float64 { return float64(s.Cancelled) }},
	{"chans_lagged_total", "counter", "Times a receiver was found to have lagged.", func(s *Stats) float64 { return float64(s.Lagged) }},
	{"chans_missed_total", "counter", "Values lost by lagging receivers.", func(s *Stats) float64 { return float64(s.Missed) }},
	{"chans_leaked_handles_total", "counter", "Handles garbage collected without Close.", func(s *Stats) float64 { return float64(s.LeakedHandles) }},
}

// WritePrometheus writes the snapshot to w in the Prometheus text exposition
// format, version 0.0.4, with the labels name, kind and index. It needs no
// client library:
//
//	http.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
//		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
//		chans.Default.WritePrometheus(w)
//	})
//
// It writes once, and returns the error of that write.
func (r *Registry) WritePrometheus(w io.Writer) error {
	stats := r.Snapshot()
	labels := make([]string, len(stats))
	for i, s := range stats {
		labels[i] = fmt.Sprintf(`{name="%s",kind="%s",index="%d"}`, escapeLabel(s.Name), escapeLabel(s.Kind), s.Index)
	}
	var b bytes.Buffer
	for _, f := range families {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", f.name, f.help, f.name, f.typ)
		for i := range stats {
			b.WriteString(f.name)
			b.WriteString(labels[i])
			b.WriteByte(' ')
			b.WriteString(strconv.FormatFloat(f.value(&stats[i]), 'g', -1, 64))
			b.WriteByte('\n')
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing channel metrics: %w", err)
	}
	return nil
}

var labelEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// escapeLabel returns s as it may stand between the quotes of a label value.
func escapeLabel(s string) string {
	return labelEscaper.Replace(strings.ToValidUTF8(s, "\uFFFD"))
}
