// Package workers limits how many messages are sent at once.
package workers

import "sync"

// Pool runs functions, a fixed number of them at a time.
type Pool struct {
	slots   chan struct{}
	running sync.WaitGroup
}

// New makes a pool that runs at most size functions at a time.
func New(size int) *Pool {
	return &Pool{slots: make(chan struct{}, size)}
}

// Submit starts a function as soon as fewer than size are running. It returns at once.
func (p *Pool) Submit(work func()) {
	p.running.Add(1)
	go func() {
		defer p.running.Done()
		p.slots <- struct{}{}
		defer func() { <-p.slots }()
		work()
	}()
}

// Wait returns when all submitted functions have ended.
func (p *Pool) Wait() {
	p.running.Wait()
}
