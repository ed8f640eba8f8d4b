// Package pq listens for notifications: github.com/lib/pq.
package pq

import (
	"time"

	"github.com/lib/pq"
)

func listen(dsn string, d pq.Dialer) (*pq.Listener, *pq.Listener) {
	a := pq.NewListener(dsn, time.Second, time.Minute, nil)        // want `the handler passed to pq.NewListener is nil, so nobody is told when notifications may have been missed`
	b := pq.NewDialListener(d, dsn, time.Second, time.Minute, nil) // want `the handler passed to pq.NewDialListener is nil`
	return a, b
}

func listenAndTell(dsn string, d pq.Dialer, event pq.EventCallbackType) (*pq.Listener, *pq.Listener) {
	a := pq.NewListener(dsn, time.Second, time.Minute, event)
	b := pq.NewDialListener(d, dsn, time.Second, time.Minute, event)
	return a, b
}

func receive(l *pq.Listener, use func(string)) {
	for n := range l.Notify {
		use(n.Extra) // want `^n is used without a look for nil, which says that values may be missing; compare it with nil and read the state anew$`
	}
}

func receiveAndReload(l *pq.Listener, use func(string), reload func()) {
	for n := range l.Notify {
		if n == nil {
			reload()
			continue
		}
		use(n.Extra)
	}
}
