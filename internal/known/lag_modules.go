package known

// What is in these tables is checked against the modules themselves in
// testdata/ecosystem, with a mistake and its repair for each line.

var streams = table(func() map[string]Stream {
	return map[string]Stream{
		"github.com/IBM/sarama.AsyncProducer":                    {Kind: Source, Reads: []string{"Input"}, Signals: []string{"Errors"}, Unless: "Return.Errors"},
		"github.com/cilium/ebpf/perf.Record":                     {Kind: Message, Called: true, Signals: []string{"LostSamples"}},
		"github.com/cometbft/cometbft/libs/pubsub.Subscription":  {Kind: Source, Reads: []string{"Out"}, Signals: []string{"Canceled", "Err"}}, // Out is never closed
		"github.com/cometbft/cometbft/types.Subscription":        {Kind: Source, Reads: []string{"Out"}, Signals: []string{"Canceled", "Err"}},
		"github.com/eclipse/paho.mqtt.golang.Token":              {Kind: Source, Reads: []string{"Done", "Wait", "WaitTimeout"}, Signals: []string{"Error"}, Single: true},
		"github.com/ethereum/go-ethereum.Subscription":           {Kind: Source, Signals: []string{"Err"}},
		"github.com/ethereum/go-ethereum/rpc.ClientSubscription": {Kind: Source, Signals: []string{"Err"}},
		"github.com/fsnotify/fsnotify.Watcher":                   {Kind: Source, Reads: []string{"Events"}, Signals: []string{"Errors"}},
		"github.com/go-zookeeper/zk.Event":                       {Kind: Message, Signals: []string{"Err", "State", "Type"}},
		"github.com/hashicorp/nomad/api.Events":                  {Kind: Message, Signals: []string{"Err"}},
		"github.com/lib/pq.Notification":                         {Kind: Message, Signals: []string{"nil"}}, // nil after a reconnect
		"github.com/minio/minio-go/v7.ObjectInfo":                {Kind: Message, Signals: []string{"Err"}},
		"github.com/minio/minio-go/v7/pkg/notification.Info":     {Kind: Message, Signals: []string{"Err"}},
		"github.com/moby/moby/client.EventsResult":               {Kind: Source, Reads: []string{"Messages"}, Signals: []string{"Err"}},
		"github.com/nats-io/nats.go/jetstream.MessageBatch":      {Kind: Source, Reads: []string{"Messages"}, Signals: []string{"Error"}},
		"github.com/twmb/franz-go/pkg/kgo.Fetches":               {Kind: Message, Called: true, Signals: []string{"EachError", "EachPartition", "EachTopic", "Err", "Err0", "Errors", "IsClientClosed"}},
		"go.etcd.io/etcd/client/v3.WatchResponse":                {Kind: Message, Signals: []string{"Canceled", "CompactRevision", "Err"}, Last: true},
		"go.mongodb.org/mongo-driver/mongo.ChangeStream":         {Kind: Iterator, Reads: []string{"Next", "TryNext"}, Signals: []string{"Err"}},
		"go.mongodb.org/mongo-driver/v2/mongo.ChangeStream":      {Kind: Iterator, Reads: []string{"Next", "TryNext"}, Signals: []string{"Err"}},
		"k8s.io/apimachinery/pkg/watch.Event":                    {Kind: Message, Signals: []string{"Type"}, Cast: "Object"},
	}
})
