module github.com/chanlint/chanlint/runtime/bench

go 1.26.0

require (
	code.cloudfoundry.org/go-diodes v0.0.0-20231113191959-85adc333ee36
	github.com/chanlint/chanlint v0.0.0
	github.com/cskr/pubsub/v2 v2.0.2
	github.com/dustin/go-broadcast v0.0.0-20171205050544-f664265f5a66
	github.com/eapache/channels v1.1.0
	github.com/puzpuzpuz/xsync/v4 v4.5.0
	github.com/smallnest/chanx v1.2.0
	github.com/teivah/broadcast v0.1.0
	golang.design/x/chann v0.1.2
)

require github.com/eapache/queue v1.1.0 // indirect

replace github.com/chanlint/chanlint => ../..
