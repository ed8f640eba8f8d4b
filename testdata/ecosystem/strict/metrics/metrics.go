// Package metrics leaves what is lost to the default: github.com/DataDog/datadog-go,
// github.com/influxdata/influxdb-client-go.
package metrics

import (
	"github.com/DataDog/datadog-go/v5/statsd"
	influxdb "github.com/influxdata/influxdb-client-go/v2"
)

func client(addr string) (*statsd.Client, error) {
	return statsd.New(addr, statsd.WithChannelMode()) // want `statsd.WithChannelMode is used without WithErrorHandler, and its default drops metrics in silence`
}

func write(c influxdb.Client, lines []string) {
	api := c.WriteAPI("org", "bucket") // want `c.WriteAPI is used without SetWriteFailedCallback, and its default logs what was not written`
	for _, line := range lines {
		api.WriteRecord(line)
	}
}
