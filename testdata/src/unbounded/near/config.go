package near

// A channelConfig is a message that is read from a file.
type channelConfig struct{ BufferSize int32 }

func (*channelConfig) ProtoReflect() {}

func (c *channelConfig) GetBufferSize() int { return int(c.BufferSize) }

func newStats(config *channelConfig) (chan string, chan string) {
	return make(chan string, config.BufferSize), make(chan string, config.GetBufferSize())
}
