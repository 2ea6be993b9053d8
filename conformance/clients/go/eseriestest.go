// Package eseriestest gives each test a simulated NetApp E-Series array of its own.
package eseriestest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Array is a storage system that only one test uses.
type Array struct {
	// URL is where the web services are; ID is the storage system's.
	URL, ID string
	// User and Password log in.
	User, Password string

	t         testing.TB
	simulator *simulator
}

// Rule is a fault rule with what it hit.
type Rule struct {
	ID   string `json:"id"`
	Hits int    `json:"hits"`
}

// New makes an array, and removes it when the test ends. The test fails when the program cannot be started.
func New(t testing.TB) *Array {
	t.Helper()
	running, err := acquire()
	if err != nil {
		t.Fatalf("eseries-simulator: %v", err)
	}
	t.Cleanup(release)
	array := &Array{URL: running.url, ID: running.nextID(), User: "admin", Password: "admin", t: t, simulator: running}
	array.control("POST", "arrays", map[string]any{"id": array.ID}, nil)
	t.Cleanup(array.close)
	return array
}

// Do sends a request below the storage system, e.g. Do("GET", "volumes", nil, &volumes), and gives the status. The answer
// is decoded into `answer` unless that is nil or the status is an error's.
func (a *Array) Do(method, path string, body, answer any) int {
	a.t.Helper()
	url := fmt.Sprintf("%s/devmgr/v2/storage-systems/%s/%s", a.URL, a.ID, path)
	status, err := send(method, url, body, answer, func(r *http.Request) { r.SetBasicAuth(a.User, a.Password) })
	if err != nil {
		a.t.Fatalf("%s %s: %v", method, path, err)
	}
	return status
}

// Pool gives the id of the first pool.
func (a *Array) Pool() string {
	a.t.Helper()
	var pools []struct {
		ID string `json:"id"`
	}
	if status := a.Do("GET", "storage-pools", nil, &pools); status != http.StatusOK || len(pools) == 0 {
		a.t.Fatalf("the array has no pool (status %d)", status)
	}
	return pools[0].ID
}

// Fault adds a fault rule for this array.
func (a *Array) Fault(rule map[string]any) Rule {
	a.t.Helper()
	ours := map[string]any{"array": a.ID}
	for name, value := range rule {
		ours[name] = value
	}
	var added Rule
	a.control("POST", "faults", ours, &added)
	return added
}

// Faults gives the fault rules of this array.
func (a *Array) Faults() []Rule {
	a.t.Helper()
	var rules []Rule
	a.control("GET", "faults?array="+a.ID, nil, &rules)
	return rules
}

// Advance moves the time on, e.g. by "5m", and stops a clock that runs first. It is the clock of all arrays.
func (a *Array) Advance(duration string) {
	a.t.Helper()
	a.control("PUT", "clock", map[string]any{"mode": "manual"}, nil)
	a.control("POST", "clock", map[string]any{"advance": duration}, nil)
}

// Check gives what is wrong with the array's own invariants: nothing.
func (a *Array) Check() []string {
	a.t.Helper()
	var result struct {
		Problems []string `json:"problems"`
	}
	a.control("POST", "arrays/"+a.ID+"/check", nil, &result)
	return result.Problems
}

func (a *Array) control(method, path string, body, answer any) {
	a.t.Helper()
	status, err := send(method, a.simulator.controlURL+"/"+path, body, answer, func(*http.Request) {})
	if err != nil || status >= 400 {
		a.t.Fatalf("%s /sim/v1/%s: status %d, %v", method, path, status, err)
	}
}

func (a *Array) close() {
	if a.t.Failed() {
		a.logRequests()
	}
	for _, rule := range a.Faults() {
		a.control("DELETE", "faults/"+rule.ID, nil, nil)
	}
	a.control("DELETE", "arrays/"+a.ID, nil, nil)
}

func (a *Array) logRequests() {
	var entries []struct {
		Method string `json:"method"`
		URL    string `json:"url"`
		Status int    `json:"status"`
	}
	a.control("GET", "journal?limit=20&array="+a.ID, nil, &entries)
	for _, each := range entries {
		a.t.Logf("array %s: %s %s -> %d", a.ID, each.Method, each.URL, each.Status)
	}
}

func send(method, url string, body, answer any, prepare func(*http.Request)) (int, error) {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, url, content)
	if err != nil {
		return 0, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	prepare(request)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || answer == nil || response.StatusCode >= 400 || len(text) == 0 {
		return response.StatusCode, err
	}
	return response.StatusCode, json.Unmarshal(text, answer)
}

// simulator is the program, as long as a test has an array.
type simulator struct {
	url, controlURL string
	pid             int
	process         *exec.Cmd
	mutex           sync.Mutex
	arrays          int
}

var (
	shared sync.Mutex
	users  int
	active *simulator
)

func acquire() (*simulator, error) {
	shared.Lock()
	defer shared.Unlock()
	if active == nil {
		started, err := start()
		if err != nil {
			return nil, err
		}
		active = started
	}
	users++
	return active, nil
}

func release() {
	shared.Lock()
	defer shared.Unlock()
	users--
	if users > 0 {
		return
	}
	_ = syscall.Kill(active.pid, syscall.SIGTERM)
	_ = active.process.Wait()
	active = nil
}

func start() (*simulator, error) {
	command := os.Getenv("ESERIES_SIMULATOR")
	if command == "" {
		command = "npx eseries-simulator"
	}
	words := append(strings.Fields(command), "--port", "0", "--iscsi-port", "0", "--jobs", "instant", "--json")
	process := exec.Command(words[0], words[1:]...)
	process.Stderr = os.Stderr
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(output).ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%s ended before it was ready: %v", command, process.Wait())
	}
	var ready struct {
		URL        string `json:"url"`
		ControlURL string `json:"controlUrl"`
		Pid        int    `json:"pid"`
	}
	if err := json.Unmarshal(line, &ready); err != nil {
		return nil, err
	}
	return &simulator{url: ready.URL, controlURL: ready.ControlURL, pid: ready.Pid, process: process}, nil
}

func (s *simulator) nextID() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.arrays++
	return fmt.Sprintf("test-%d", s.arrays)
}
