// Package pulsar sends in the background:
// github.com/apache/pulsar-client-go.
package pulsar

import (
	"context"

	"github.com/apache/pulsar-client-go/pulsar"
)

func send(ctx context.Context, p pulsar.Producer, msg *pulsar.ProducerMessage) {
	p.SendAsync(ctx, msg, nil)                                                            // want `the handler passed to p.SendAsync is nil, so nobody is told of messages that were not sent`
	p.SendAsync(ctx, msg, func(pulsar.MessageID, *pulsar.ProducerMessage, error) {})      // want `the handler passed to p.SendAsync ignores what it is told`
	p.SendAsync(ctx, msg, func(id pulsar.MessageID, _ *pulsar.ProducerMessage, _ error) { // want `the handler passed to p.SendAsync ignores what it is told`
		_ = id
	})
}

func sendAndTell(ctx context.Context, p pulsar.Producer, msg *pulsar.ProducerMessage, failed func(error)) {
	p.SendAsync(ctx, msg, func(_ pulsar.MessageID, _ *pulsar.ProducerMessage, err error) { failed(err) })
}
