package etcd_test

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"testing"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/server/v3/embed"

	data "github.com/chanlint/chanlint/testdata/ecosystem/etcd"
)

// patience bounds what is waited for; it is not reached if all is well.
const patience = time.Minute

// serve starts a server of one member on the loopback interface.
func serve(t *testing.T) *clientv3.Client {
	t.Helper()
	any := url.URL{Scheme: "http", Host: "127.0.0.1:0"}
	config := embed.NewConfig()
	config.Dir = t.TempDir()
	config.LogLevel = "fatal"
	config.UnsafeNoFsync = true
	config.ListenClientUrls, config.ListenPeerUrls = []url.URL{any}, []url.URL{any}
	server, err := embed.StartEtcd(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	select {
	case <-server.Server.ReadyNotify():
	case err := <-server.Err():
		t.Fatal(err)
	case <-time.After(patience):
		t.Fatal("the server does not start")
	}
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{server.Clients[0].Addr().String()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// TestCompacted watches from a revision that was compacted meanwhile, as a
// watcher does that was away for too long.
func TestCompacted(t *testing.T) {
	client := serve(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var first, last int64
	for i := range 10 {
		resp, err := client.Put(ctx, "k", strconv.Itoa(i))
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = resp.Header.Revision
		}
		last = resp.Header.Revision
	}
	if got, err := data.ReplayAll(ctx, client, "k", first, "9"); len(got) != 10 || err != nil {
		t.Fatalf("before the compaction, ReplayAll returned %q, %v, want 10 values", got, err)
	}
	if _, err := client.Compact(ctx, last); err != nil {
		t.Fatal(err)
	}
	if got := data.Replay(ctx, client, "k", first, "9"); len(got) != 0 || ctx.Err() != nil {
		t.Errorf("Replay returned %q: it should lose all values, and not know", got)
	}
	if got, err := data.ReplayAll(ctx, client, "k", first, "9"); !errors.Is(err, rpctypes.ErrCompacted) {
		t.Errorf("ReplayAll returned %q, %v, want ErrCompacted", got, err)
	}
}
