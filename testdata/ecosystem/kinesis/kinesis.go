// Package kinesis reads an event stream, which has the shape of a source:
// github.com/aws/aws-sdk-go-v2/service/kinesis.
package kinesis

import (
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

func read(out *kinesis.SubscribeToShardOutput, use func(types.SubscribeToShardEventStream)) {
	stream := out.GetStream()
	defer stream.Close()
	for event := range stream.Events() { // want `stream.Events is used but stream.Err is never checked`
		use(event)
	}
}

func readChecked(out *kinesis.SubscribeToShardOutput, use func(types.SubscribeToShardEventStream)) error {
	stream := out.GetStream()
	defer stream.Close()
	for event := range stream.Events() {
		use(event)
	}
	return stream.Err()
}
