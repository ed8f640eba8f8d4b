// Package kafka sends to and receives from Kafka: github.com/IBM/sarama,
// github.com/segmentio/kafka-go, github.com/twmb/franz-go.
package kafka

import (
	"context"

	"github.com/IBM/sarama"
	"github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"
)

func produce(addrs []string, config *sarama.Config, values <-chan string) error {
	p, err := sarama.NewAsyncProducer(addrs, config)
	if err != nil {
		return err
	}
	defer p.AsyncClose()
	for v := range values {
		p.Input() <- &sarama.ProducerMessage{Topic: "a", Value: sarama.StringEncoder(v)} // want `p.Input is used but nobody receives from p.Errors, which tells of errors and losses; receive from both`
	}
	return nil
}

func produceAndTell(addrs []string, config *sarama.Config, values <-chan string, failed func(error)) error {
	p, err := sarama.NewAsyncProducer(addrs, config)
	if err != nil {
		return err
	}
	defer p.AsyncClose()
	go func() {
		for err := range p.Errors() {
			failed(err)
		}
	}()
	for v := range values {
		p.Input() <- &sarama.ProducerMessage{Topic: "a", Value: sarama.StringEncoder(v)}
	}
	return nil
}

func writer(addr string) *kafka.Writer {
	return &kafka.Writer{Addr: kafka.TCP(addr), Topic: "a", Async: true} // want `^Writer is used without Completion, so nobody learns of errors; set it$`
}

func writerInOrder(addr string) *kafka.Writer {
	return &kafka.Writer{Addr: kafka.TCP(addr), Topic: "a"}
}

func poll(ctx context.Context, c *kgo.Client, use func(*kgo.Record)) {
	for ctx.Err() == nil {
		fetches := c.PollFetches(ctx)
		fetches.EachRecord(use) // want `fetches.EachRecord is used but fetches.Err is never looked at`
	}
}

func pollChecked(ctx context.Context, c *kgo.Client, use func(*kgo.Record), failed func(error)) {
	for ctx.Err() == nil {
		fetches := c.PollFetches(ctx)
		fetches.EachError(func(_ string, _ int32, err error) { failed(err) })
		fetches.EachRecord(use)
	}
}
