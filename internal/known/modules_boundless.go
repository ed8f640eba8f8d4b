package known

func moduleBoundless() map[string]bool {
	return map[string]bool{
		"github.com/eapache/channels.NewInfiniteChannel":  true,
		"github.com/gammazero/workerpool.New":             true, // its tasks wait in a queue without a limit
		"github.com/smallnest/chanx.NewUnboundedChan":     true,
		"github.com/smallnest/chanx.NewUnboundedChanSize": true, // the sizes are those at the start
	}
}
