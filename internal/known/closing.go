package known

// A Closing says when a channel that a function returns is closed by others,
// whoever receives from it.
type Closing struct {
	When string // "the watch ends"
	Same bool   // every call returns the same channel
}

// Closes returns when the channel is closed that the function with that full
// name returns. What its caller closes himself is not in the table.
func Closes(fullName string) (Closing, bool) {
	c, ok := moduleClosings()[fullName]
	return c, ok
}

var moduleClosings = table(func() map[string]Closing {
	return map[string]Closing{
		"(*github.com/rabbitmq/amqp091-go.Channel).Consume":            {"the AMQP channel closes", false},
		"(*github.com/rabbitmq/amqp091-go.Channel).ConsumeWithContext": {"the AMQP channel closes", false},
		"(github.com/IBM/sarama.ConsumerGroupClaim).Messages":          {"the group rebalances", true},
		"(go.etcd.io/etcd/client/v3.Lease).KeepAlive":                  {"the lease is lost", false},
		"(go.etcd.io/etcd/client/v3.Watcher).Watch":                    {"the watch is canceled", false}, // by the server too, as after a compaction
		"(k8s.io/apimachinery/pkg/watch.Interface).ResultChan":         {"the watch ends", true},         // the server ends it after some minutes
	}
})
