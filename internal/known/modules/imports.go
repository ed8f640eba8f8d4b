//go:build imports

package modules

// The packages that the tables speak of, so that go.mod requires them.
import (
	_ "github.com/alitto/pond"
	_ "github.com/alitto/pond/v2"
	_ "github.com/cenkalti/backoff/v4"
	_ "github.com/cenkalti/backoff/v5"
	_ "github.com/coder/websocket"
	_ "github.com/coder/websocket/wsjson"
	_ "github.com/gammazero/workerpool"
	_ "github.com/gofrs/flock"
	_ "github.com/golang/glog"
	_ "github.com/gorilla/websocket"
	_ "github.com/hashicorp/raft"
	_ "github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/nats-io/nats.go"
	_ "github.com/panjf2000/ants/v2"
	_ "github.com/sasha-s/go-deadlock"
	_ "github.com/sirupsen/logrus"
	_ "github.com/sourcegraph/conc"
	_ "github.com/sourcegraph/conc/iter"
	_ "github.com/sourcegraph/conc/pool"
	_ "github.com/sourcegraph/conc/stream"
	_ "go.etcd.io/etcd/client/v3/concurrency"
	_ "go.uber.org/zap"
	_ "golang.org/x/crypto/ssh"
	_ "golang.org/x/sys/unix"
	_ "golang.org/x/time/rate"
	_ "google.golang.org/grpc"
	_ "gopkg.in/tomb.v1"
	_ "gopkg.in/tomb.v2"
	_ "k8s.io/apimachinery/pkg/util/wait"
	_ "k8s.io/client-go/tools/cache"
	_ "k8s.io/client-go/util/workqueue"
	_ "k8s.io/klog/v2"
)
