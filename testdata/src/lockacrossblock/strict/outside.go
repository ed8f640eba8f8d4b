package strict

import (
	"net"
	"net/http"
	"os/exec"
	"sync"
)

// A peer's waits under its lock end when the network or another process says
// so.
type peer struct {
	mu   sync.Mutex
	conn net.Conn
	sent int
}

func (p *peer) total() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent
}

// The lock is there for the frames not to mix, besides the count.
func (p *peer) writeUnderLock(frame []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.conn.Write(frame)
	p.sent += n
	return err
}

func (p *peer) writeBeforeLock(conn net.Conn, frame []byte) error {
	n, err := conn.Write(frame)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent += n
	return err
}

func (p *peer) dialUnderLock(addr string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	conn, err := net.Dial("tcp", addr) // want "p\\.mu"
	if err == nil {
		p.conn = conn
	}
	return err
}

func (p *peer) dialBeforeLock(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p.mu.Lock()
	p.conn = conn
	p.mu.Unlock()
	return nil
}

func (p *peer) serveUnderLock(addr string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = 0
	return http.ListenAndServe(addr, nil) // want "p\\.mu"
}

func (p *peer) serveAfterUnlock(addr string) error {
	p.mu.Lock()
	p.sent = 0
	p.mu.Unlock()
	return http.ListenAndServe(addr, nil)
}

func (p *peer) runUnderLock(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent++
	return exec.Command(name).Run() // want "p\\.mu"
}

func (p *peer) runAfterUnlock(name string) error {
	p.mu.Lock()
	p.sent++
	p.mu.Unlock()
	return exec.Command(name).Run()
}

// A daemon's process is its own, also before it is stored.
type daemon struct {
	mu  sync.Mutex
	cmd *exec.Cmd
	ups int
}

func (d *daemon) starts() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ups
}

func (d *daemon) startUnderLock(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		cmd.Wait()
		return err
	}
	d.cmd = cmd
	d.ups++
	return nil
}
