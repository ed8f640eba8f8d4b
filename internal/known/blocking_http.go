package known

// Not in the table: small writes to a client that are made in passing (http.Error,
// http.Redirect); reading and writing messages on any reader or writer
// (http.ReadResponse, (*http.Request).Write); handlers, which may be anything;
// (*http.Server).Close, which does not wait for them.
func httpBlocking() map[string]Blocking {
	return map[string]Blocking{
		"(*net/http.Client).Do":                       {Net, false, "waits for an HTTP response"}, // the context is in the request, Timeout in the client
		"(*net/http.Client).Get":                      {Net, false, "waits for an HTTP response"},
		"(*net/http.Client).Head":                     {Net, false, "waits for an HTTP response"},
		"(*net/http.Client).Post":                     {Net, false, "waits for an HTTP response"},
		"(*net/http.Client).PostForm":                 {Net, false, "waits for an HTTP response"},
		"(*net/http.ClientConn).RoundTrip":            {Net, false, "waits for an HTTP response"},
		"(*net/http.Request).FormFile":                {Net, false, "reads the body of the request"}, // nothing to read if it was parsed or has none, as below
		"(*net/http.Request).FormValue":               {Net, false, "reads the body of the request"},
		"(*net/http.Request).ParseForm":               {Net, false, "reads the body of the request"},
		"(*net/http.Request).ParseMultipartForm":      {Net, false, "reads the body of the request"},
		"(*net/http.Request).PostFormValue":           {Net, false, "reads the body of the request"},
		"(*net/http.ResponseController).Flush":        {Net, false, "writes to the HTTP client"},
		"(*net/http.Server).ListenAndServe":           {Net, false, "serves HTTP until the server is closed"},
		"(*net/http.Server).ListenAndServeTLS":        {Net, false, "serves HTTP until the server is closed"},
		"(*net/http.Server).Serve":                    {Net, false, "serves HTTP until the server is closed"},
		"(*net/http.Server).ServeTLS":                 {Net, false, "serves HTTP until the server is closed"},
		"(*net/http.Server).Shutdown":                 {Wait, true, "waits for the handlers to return"},
		"(*net/http.Transport).NewClientConn":         {Net, true, "connects over the network"},
		"(*net/http.Transport).RoundTrip":             {Net, false, "waits for an HTTP response"},
		"(*net/http/cgi.Handler).ServeHTTP":           {Process, false, "waits for the process"},
		"(*net/http/httptest.Server).Close":           {Wait, false, "waits for the handlers to return"},
		"(*net/http/httputil.ClientConn).Do":          {Net, false, "waits for an HTTP response"},
		"(*net/http/httputil.ClientConn).Read":        {Net, false, "waits for an HTTP response"},
		"(*net/http/httputil.ClientConn).Write":       {Net, false, "writes to the network"},
		"(*net/http/httputil.ReverseProxy).ServeHTTP": {Net, false, "waits for an HTTP response"},
		"(*net/http/httputil.ServerConn).Read":        {Net, false, "waits for an HTTP request"},
		"(*net/http/httputil.ServerConn).Write":       {Net, false, "writes to the HTTP client"},
		"(net/http.Flusher).Flush":                    {Net, false, "writes to the HTTP client"}, // or to a recorder, in tests
		"(net/http.ResponseWriter).Write":             {Net, false, "writes to the HTTP client"}, // blocks once its buffer is full and the client is slow; a recorder in tests does not
		"(net/http.RoundTripper).RoundTrip":           {Net, false, "waits for an HTTP response"},
		"net/http.Get":                                {Net, false, "waits for an HTTP response"},
		"net/http.Head":                               {Net, false, "waits for an HTTP response"},
		"net/http.ListenAndServe":                     {Net, false, "serves HTTP until the server is closed"},
		"net/http.ListenAndServeTLS":                  {Net, false, "serves HTTP until the server is closed"},
		"net/http.Post":                               {Net, false, "waits for an HTTP response"},
		"net/http.PostForm":                           {Net, false, "waits for an HTTP response"},
		"net/http.Serve":                              {Net, false, "serves HTTP until the server is closed"},
		"net/http.ServeContent":                       {Net, false, "writes to the HTTP client"},
		"net/http.ServeFile":                          {Net, false, "writes to the HTTP client"},
		"net/http.ServeFileFS":                        {Net, false, "writes to the HTTP client"},
		"net/http.ServeTLS":                           {Net, false, "serves HTTP until the server is closed"},
		"net/http/cgi.Serve":                          {Process, false, "serves the request of the parent process"},
		"net/http/fcgi.Serve":                         {Net, false, "serves HTTP until the listener is closed"},
	}
}
