// Package workers limits how many messages are sent at once.
package workers

import "sync"

// Pool runs functions, a fixed number of them at a time.
type Pool struct {
	slots   chan struct{}
	running sync.WaitGroup
}

// New makes a pool.
func New(size int) *Pool {
	return &Pool{slots: make(chan struct{}, size)}
}

// Submit runs a function as soon as there is room; it does not wait for that.
func (p *Pool) Submit(work func()) {
	p.running.Add(1)
	go func() {
		defer p.running.Done()
		p.slots <- struct{}{}
		defer func() { <-p.slots }()
		work()
	}()
}

// Wait returns when everything that was submitted is done.
func (p *Pool) Wait() {
	p.running.Wait()
}
