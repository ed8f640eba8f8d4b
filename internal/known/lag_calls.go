package known

var handlers = table(func() map[string]Handler {
	return map[string]Handler{
		"(*github.com/coreos/go-systemd/v22/dbus.Conn).SetPropertiesSubscriber": {1, "of updates that found no room"},
		"(*github.com/coreos/go-systemd/v22/dbus.Conn).SetSubStateSubscriber":   {1, "of updates that found no room"},
		"(*github.com/nats-io/nats.go.Conn).SetErrorHandler":                    {0, "of messages that were dropped"},
		"(github.com/apache/pulsar-client-go/pulsar.Producer).SendAsync":        {2, "of messages that were not sent"},
		"code.cloudfoundry.org/go-diodes.NewManyToOne":                          {1, "how many values were overwritten"},
		"code.cloudfoundry.org/go-diodes.NewOneToOne":                           {1, "how many values were overwritten"},
		"github.com/lib/pq.NewDialListener":                                     {4, "when notifications may have been missed"},
		"github.com/lib/pq.NewListener":                                         {3, "when notifications may have been missed"},
		"github.com/nats-io/nats.go.ErrorHandler":                               {0, "of messages that were dropped"},
		"github.com/rs/zerolog/diode.NewWriter":                                 {3, "how many lines were dropped"},
	}
})

var outcomes = table(func() map[string]string {
	return map[string]string{
		"(*github.com/jackc/pgx/v5.Conn).WaitForNotification":     "whether notifications may be missing",
		"(*github.com/minio/minio-go/v7.Client).RemoveObjects":    "which objects were not removed",
		"(*github.com/nats-io/nats.go.Subscription).NextMsg":      "whether messages were dropped",
		"(*github.com/panjf2000/ants/v2.Pool).Submit":             "whether the task was taken",
		"(*golang.org/x/sync/errgroup.Group).TryGo":               "whether the function was started",
		"(*golang.org/x/sync/semaphore.Weighted).TryAcquire":      "whether there was room",
		"(*sync.Mutex).TryLock":                                   "whether the lock was taken",
		"(*sync.RWMutex).TryLock":                                 "whether the lock was taken",
		"(*sync.RWMutex).TryRLock":                                "whether the lock was taken",
		"(github.com/eclipse/paho.mqtt.golang.Token).WaitTimeout": "whether the time was up",
	}
})

var settings = table(func() map[string]Setting {
	return map[string]Setting{
		"github.com/segmentio/kafka-go.Writer":                 {"Async", []string{"Completion"}},
		"github.com/vishvananda/netlink.AddrSubscribeOptions":  {"", []string{"ErrorCallback"}},
		"github.com/vishvananda/netlink.LinkSubscribeOptions":  {"", []string{"ErrorCallback"}},
		"github.com/vishvananda/netlink.NeighSubscribeOptions": {"", []string{"ErrorCallback"}},
		"github.com/vishvananda/netlink.RouteSubscribeOptions": {"", []string{"ErrorCallback"}},
	}
})

var sentinels = table(func() map[string]Sentinel {
	return map[string]Sentinel{
		"github.com/fsnotify/fsnotify.Watcher.Errors":     {[]string{"ErrEventOverflow"}, "after which events are missing"},
		"github.com/nats-io/nats.go.Subscription.NextMsg": {[]string{"Dropped", "ErrSlowConsumer", "ErrorHandler", "SetErrorHandler"}, "after which messages are missing"},
		"go.etcd.io/etcd/client/v3.WatchResponse.Err":     {[]string{"CompactRevision", "ErrCompacted"}, "after which events are missing"},
		"k8s.io/apimachinery/pkg/watch.Event.Type":        {[]string{"k8s.io/apimachinery/pkg/watch.Error"}, "after which events are missing"},
	}
})

var defaults = table(func() map[string]Default {
	return map[string]Default{
		"(*github.com/rabbitmq/amqp091-go.Channel).Consume":             {[]string{"IsClosed", "NotifyCancel", "NotifyClose"}, "closes the deliveries without a word", nil},
		"(*github.com/rabbitmq/amqp091-go.Channel).ConsumeWithContext":  {[]string{"IsClosed", "NotifyCancel", "NotifyClose"}, "closes the deliveries without a word", nil},
		"(github.com/influxdata/influxdb-client-go/v2.Client).WriteAPI": {[]string{"Errors", "SetWriteFailedCallback"}, "logs what was not written", nil},
		"github.com/DataDog/datadog-go/v5/statsd.WithChannelMode":       {[]string{"WithErrorHandler"}, "drops metrics in silence", nil},
		"github.com/hashicorp/raft.NewObserver":                         {[]string{"GetNumDropped"}, "counts what it drops", nil},
		"github.com/nats-io/nats.go.Connect":                            {[]string{"AsyncErrorCB", "Dropped", "ErrorHandler", "SetErrorHandler"}, "prints what was dropped", []string{"ChanSubscribe", "QueueSubscribe", "Subscribe", "SubscribeSync"}},
		"github.com/vishvananda/netlink.AddrSubscribe":                  {[]string{"AddrSubscribeWithOptions"}, "closes the channel without a word", nil},
		"github.com/vishvananda/netlink.LinkSubscribe":                  {[]string{"LinkSubscribeWithOptions"}, "closes the channel without a word", nil},
		"github.com/vishvananda/netlink.NeighSubscribe":                 {[]string{"NeighSubscribeWithOptions"}, "closes the channel without a word", nil},
		"github.com/vishvananda/netlink.RouteSubscribe":                 {[]string{"RouteSubscribeWithOptions"}, "closes the channel without a word", nil},
	}
})
