// Package metricsfixed is told.
package metricsfixed

import (
	"github.com/DataDog/datadog-go/v5/statsd"
	influxdb "github.com/influxdata/influxdb-client-go/v2"
)

func client(addr string, failed func(error)) (*statsd.Client, error) {
	return statsd.New(addr, statsd.WithChannelMode(), statsd.WithChannelModeErrorsWhenFull(), statsd.WithErrorHandler(failed))
}

func write(c influxdb.Client, lines []string, failed func(error)) {
	api := c.WriteAPI("org", "bucket")
	go func() {
		for err := range api.Errors() {
			failed(err)
		}
	}()
	for _, line := range lines {
		api.WriteRecord(line)
	}
}
