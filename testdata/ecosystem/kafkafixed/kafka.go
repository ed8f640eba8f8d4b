// Package kafkafixed is told, or says that nothing is to be told.
package kafkafixed

import (
	"github.com/IBM/sarama"
	"github.com/segmentio/kafka-go"
)

func produce(addrs []string, values <-chan string) error {
	config := sarama.NewConfig()
	config.Producer.Return.Errors = false
	p, err := sarama.NewAsyncProducer(addrs, config)
	if err != nil {
		return err
	}
	defer p.AsyncClose()
	for v := range values {
		p.Input() <- &sarama.ProducerMessage{Topic: "a", Value: sarama.StringEncoder(v)}
	}
	return nil
}

func writer(addr string, failed func(error)) *kafka.Writer {
	return &kafka.Writer{Addr: kafka.TCP(addr), Topic: "a", Async: true, Completion: func(_ []kafka.Message, err error) {
		failed(err)
	}}
}
