package known

// Of the file system only what moves data is listed. Opening, renaming, Stat and
// the like take no time worth a report, except that opening a named pipe waits for
// its other end, which cannot be seen in the call. A file may be a pipe, a terminal
// or a device, whose peer then decides how long a Read takes; that cannot be seen
// either, and Disk errs on the quiet side. Not in the table: io.Copy and its like,
// and everything in bufio, which read and write anything.
func osBlocking() map[string]Blocking {
	return map[string]Blocking{
		"(*io.PipeReader).Read":         {Chan, false, "waits for the other end of the pipe"},
		"(*io.PipeWriter).Write":        {Chan, false, "waits for the other end of the pipe"},
		"(*os.File).Read":               {Disk, false, "reads a file"},
		"(*os.File).ReadAt":             {Disk, false, "reads a file"},
		"(*os.File).ReadDir":            {Disk, false, "reads a directory"},
		"(*os.File).ReadFrom":           {Disk, false, "writes a file"}, // copies from the reader to the file
		"(*os.File).Readdir":            {Disk, false, "reads a directory"},
		"(*os.File).Readdirnames":       {Disk, false, "reads a directory"},
		"(*os.File).Sync":               {Disk, false, "syncs a file"},
		"(*os.File).Write":              {Disk, false, "writes a file"},
		"(*os.File).WriteAt":            {Disk, false, "writes a file"},
		"(*os.File).WriteString":        {Disk, false, "writes a file"},
		"(*os.File).WriteTo":            {Disk, false, "reads a file"}, // copies from the file to the writer
		"(*os.Process).Wait":            {Process, false, "waits for the process"},
		"(*os.Root).ReadFile":           {Disk, false, "reads a file"},
		"(*os.Root).RemoveAll":          {Disk, false, "removes a directory tree"},
		"(*os.Root).WriteFile":          {Disk, false, "writes a file"},
		"(*os/exec.Cmd).CombinedOutput": {Process, false, "waits for the process"}, // CommandContext may have bounded it, as below
		"(*os/exec.Cmd).Output":         {Process, false, "waits for the process"},
		"(*os/exec.Cmd).Run":            {Process, false, "waits for the process"},
		"(*os/exec.Cmd).Wait":           {Process, false, "waits for the process"},
		"(reflect.Value).Recv":          {Chan, false, "receives from a channel"},
		"(reflect.Value).Send":          {Chan, false, "sends on a channel"},
		"(syscall.RawConn).Read":        {Net, false, "waits for data to read"},  // until parameter 0 returns true
		"(syscall.RawConn).Write":       {Net, false, "waits for room to write"}, // until parameter 0 returns true
		"fmt.Scan":                      {Process, false, "reads from standard input"},
		"fmt.Scanf":                     {Process, false, "reads from standard input"},
		"fmt.Scanln":                    {Process, false, "reads from standard input"},
		"io/ioutil.ReadDir":             {Disk, false, "reads a directory"},
		"io/ioutil.ReadFile":            {Disk, false, "reads a file"},
		"io/ioutil.WriteFile":           {Disk, false, "writes a file"},
		"os.CopyFS":                     {Disk, false, "copies a directory tree"},
		"os.ReadDir":                    {Disk, false, "reads a directory"},
		"os.ReadFile":                   {Disk, false, "reads a file"},
		"os.RemoveAll":                  {Disk, false, "removes a directory tree"},
		"os.WriteFile":                  {Disk, false, "writes a file"},
		"path/filepath.Glob":            {Disk, false, "reads a directory"},
		"path/filepath.Walk":            {Disk, false, "walks a directory tree"},
		"path/filepath.WalkDir":         {Disk, false, "walks a directory tree"},
		"reflect.Select":                {Chan, false, "selects among channels"}, // a default, or a timer, cannot be seen in the call
		"runtime.ReadTrace":             {Wait, false, "waits for trace data"},
		"runtime/pprof.StopCPUProfile":  {Wait, false, "waits for the profile to be written"},
		"runtime/trace.Stop":            {Wait, false, "waits for the trace to be written"},
		"syscall.Accept":                {Net, false, "waits for a connection"}, // if the file blocks, as below
		"syscall.Accept4":               {Net, false, "waits for a connection"},
		"syscall.Connect":               {Net, false, "connects over the network"},
		"syscall.EpollWait":             {Net, false, "waits for events on files"}, // bounded by msec unless it is negative
		"syscall.FcntlFlock":            {Lockish, false, "waits for a file lock"}, // cmd may be F_SETLK or F_GETLK, which do not wait
		"syscall.Flock":                 {Lockish, false, "waits for a file lock"}, // how may have LOCK_NB, or be LOCK_UN
		"syscall.Fsync":                 {Disk, false, "syncs a file"},
		"syscall.Nanosleep":             {Delay, true, "sleeps"},
		"syscall.Pause":                 {Process, false, "waits for a signal"},
		"syscall.Read":                  {Disk, false, "reads a file"}, // or a socket; see above
		"syscall.Recvfrom":              {Net, false, "reads from the network"},
		"syscall.Recvmsg":               {Net, false, "reads from the network"},
		"syscall.Select":                {Net, false, "waits for events on files"}, // bounded by timeout unless it is nil
		"syscall.Sendmsg":               {Net, false, "writes to the network"},
		"syscall.SendmsgN":              {Net, false, "writes to the network"},
		"syscall.Sendto":                {Net, false, "writes to the network"},
		"syscall.Sync":                  {Disk, false, "syncs the file system"},
		"syscall.Wait4":                 {Process, false, "waits for the process"}, // options may have WNOHANG
		"syscall.Write":                 {Disk, false, "writes a file"},            // or a socket; see above
	}
}
