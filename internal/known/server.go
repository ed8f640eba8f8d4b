package known

// IsShutdown reports whether the variable with that full name is the error that a
// server returns once it has been shut down.
func IsShutdown(variable string) bool { return shutdownErrors()[variable] }

// ShutsDown reports whether the function with that full name shuts a server down,
// so that whoever serves returns.
func ShutsDown(fullName string) bool { return shutdowns()[fullName] }

var (
	shutdownErrors = table(stdShutdownErrors, moduleShutdownErrors)
	shutdowns      = table(stdShutdowns, moduleShutdowns)
)

func stdShutdownErrors() map[string]bool {
	return map[string]bool{
		"net.ErrClosed":            true,
		"net/http.ErrServerClosed": true,
	}
}

func moduleShutdownErrors() map[string]bool {
	return map[string]bool{
		"google.golang.org/grpc.ErrServerStopped": true,
	}
}

func stdShutdowns() map[string]bool {
	return map[string]bool{
		"(*net.TCPListener).Close":    true,
		"(*net.UnixListener).Close":   true,
		"(*net/http.Server).Close":    true,
		"(*net/http.Server).Shutdown": true,
		"(net.Listener).Close":        true,
	}
}

func moduleShutdowns() map[string]bool {
	return map[string]bool{
		"(*google.golang.org/grpc.Server).GracefulStop": true,
		"(*google.golang.org/grpc.Server).Stop":         true,
	}
}
