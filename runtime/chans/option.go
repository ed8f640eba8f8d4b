package chans

// A Config is the outcome of applying options. Primitives build it with
// [NewConfig]; other programs only pass options.
type Config struct {
	Name     string    // as shown in Stats; empty if the channel is anonymous
	Registry *Registry // where a named channel is listed; nil if anonymous

	// OnLeak is told of handles that were garbage collected without
	// having been closed. It may be nil; call [Config.Leaked] instead.
	OnLeak func(handle, name string)
}

// An Option changes how a channel is made.
type Option func(*Config)

// Named gives the channel a name, and lists it under that name in the
// registry given by [In], or else in [Default]. Names need not be unique.
func Named(name string) Option {
	return func(c *Config) { c.Name = name }
}

// In lists the channel in r rather than in [Default]. It has no effect on a
// channel without a name.
func In(r *Registry) Option {
	return func(c *Config) { c.Registry = r }
}

// OnLeak has f called for each handle of the channel that was garbage
// collected without having been closed while the other side was still open.
// That is a bug in the program: until that moment, whenever it comes, the other
// side cannot know that the handle is gone. The arguments are the kind of handle, such as "mpsc.Sender", and
// the name of the channel.
//
// f runs on a goroutine of the garbage collector's; it must not block. It is
// meant for a log line, or for failing a test.
func OnLeak(f func(handle, name string)) Option {
	return func(c *Config) { c.OnLeak = f }
}

// NewConfig applies opts in order; the last of a kind wins.
func NewConfig(opts ...Option) Config {
	var c Config
	for _, opt := range opts {
		opt(&c)
	}
	switch {
	case c.Name == "":
		c.Registry = nil
	case c.Registry == nil:
		c.Registry = Default
	}
	return c
}

// Leaked calls OnLeak, if there is one. Primitives call it when a handle of
// theirs was garbage collected open.
func (c *Config) Leaked(handle string) {
	if c.OnLeak != nil {
		c.OnLeak(handle, c.Name)
	}
}
