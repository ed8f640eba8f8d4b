// Cacheprog keeps the results of the go command in a folder, as a program that
// GOCACHEPROG names. It stands for one that shares them over a network.
//
//	GOCACHEPROG='cacheprog FOLDER' go vet ./...
//
// When the go command is done with it, it appends a line to the file "log" in
// the folder: how many results it had, had not, and was given.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
)

// A request and a response are as the package cmd/go/internal/cacheprog
// describes them.
type (
	request struct {
		ID                 int64
		Command            string
		ActionID, OutputID []byte
		BodySize           int64
	}

	response struct {
		ID            int64
		Err           string   `json:",omitempty"`
		KnownCommands []string `json:",omitempty"`
		Miss          bool     `json:",omitempty"`
		OutputID      []byte   `json:",omitempty"`
		Size          int64    `json:",omitempty"`
		DiskPath      string   `json:",omitempty"`
	}
)

// A cache is a folder with two files for each result: a-ACTION holds the
// output's name, o-OUTPUT the output.
type cache struct {
	dir                string
	hits, misses, puts int
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("cacheprog: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: cacheprog FOLDER")
	}
	c := &cache{dir: os.Args[1]}
	if err := os.MkdirAll(c.dir, 0o777); err != nil {
		log.Fatal(err)
	}
	if err := c.serve(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
	if err := c.sayGoodbye(); err != nil {
		log.Fatal(err)
	}
}

// serve answers requests until the go command closes.
func (c *cache) serve(in io.Reader, out io.Writer) error {
	requests := json.NewDecoder(bufio.NewReader(in))
	responses := json.NewEncoder(out)
	if err := responses.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req request
		if err := requests.Decode(&req); err != nil {
			return err
		}
		var body []byte
		if req.BodySize > 0 {
			if err := requests.Decode(&body); err != nil {
				return err
			}
		}
		res, err := c.answer(&req, body)
		if err != nil {
			res.Err = err.Error()
		}
		res.ID = req.ID
		if err := responses.Encode(res); err != nil {
			return err
		}
		if req.Command == "close" {
			return nil
		}
	}
}

func (c *cache) answer(req *request, body []byte) (response, error) {
	switch req.Command {
	case "get":
		return c.get(req.ActionID)
	case "put":
		return c.put(req, body)
	case "close":
		return response{}, nil
	}
	return response{}, fmt.Errorf("unknown command %s", req.Command)
}

func (c *cache) get(action []byte) (response, error) {
	output, err := os.ReadFile(c.action(action))
	if errors.Is(err, os.ErrNotExist) {
		c.misses++
		return response{Miss: true}, nil
	}
	if err != nil {
		return response{}, err
	}
	file := c.output(output)
	info, err := os.Stat(file)
	if err != nil {
		return response{}, err
	}
	c.hits++
	return response{OutputID: output, Size: info.Size(), DiskPath: file}, nil
}

func (c *cache) put(req *request, body []byte) (response, error) {
	c.puts++
	file := c.output(req.OutputID)
	if err := writeFile(file, body); err != nil {
		return response{}, err
	}
	return response{DiskPath: file}, writeFile(c.action(req.ActionID), req.OutputID)
}

func (c *cache) action(id []byte) string { return filepath.Join(c.dir, fmt.Sprintf("a-%x", id)) }

func (c *cache) output(id []byte) string { return filepath.Join(c.dir, fmt.Sprintf("o-%x", id)) }

// writeFile writes a file that others may read at the same time.
func writeFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// sayGoodbye writes the line of this run.
func (c *cache) sayGoodbye() error {
	f, err := os.OpenFile(filepath.Join(c.dir, "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%d had, %d had not, %d put\n", c.hits, c.misses, c.puts)
	return errors.Join(err, f.Close())
}
