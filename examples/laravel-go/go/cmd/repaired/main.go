// The messaging service after the repair: it sends only what the authority grants, and answers before its caller times out.
package main

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"net/http"
	"sync"
	"time"

	"example.com/messaging/internal/authority"
	"example.com/messaging/internal/batch"
	"example.com/messaging/internal/server"
	"example.com/messaging/internal/twilio"
	"example.com/messaging/internal/workers"
)

// The application waits for 500 ms. Sends that are unfinished when the service answers go on after the answer.
const answerWithin = 400 * time.Millisecond

type service struct {
	database *sql.DB
	workers  *workers.Pool
}

func main() {
	s := &service{database: server.OpenDatabase(), workers: workers.New(8)}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/batches", s.sendBatch)
	server.Run(mux, s.workers.Wait)
}

func (s *service) sendBatch(w http.ResponseWriter, r *http.Request) {
	arrived := time.Now()
	request, err := batch.Read(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}

	// Not the context of the request: sends go on even if the caller ends the connection.
	ctx := context.Background()
	results := newResults(request.Messages)
	for index, message := range request.Messages {
		s.workers.Submit(func() {
			if *request.DryRun {
				results.set(index, s.rehearse(ctx, request, message))
			} else {
				results.set(index, s.send(ctx, request, message))
			}
		})
	}
	batch.Write(w, results.within(answerWithin-time.Since(arrived)))
}

// send makes one attempt. Without a grant it returns what is known about the message.
func (s *service) send(ctx context.Context, request *batch.Request, message batch.Message) batch.Result {
	claim, err := authority.Obtain(ctx, s.database, request, message)
	if err != nil {
		log.Printf("CLAIM_FAILED: message_uuid=%s error=%v", message.MessageUUID, err)
		return batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	}
	if claim.Verdict != "granted" {
		return held(message, claim)
	}
	// Read before BeginSend: without an account the claim just expires, and the message does not become UNKNOWN.
	credentials, err := twilio.CredentialsFromEnvironment()
	if err != nil {
		log.Printf("NO_CREDENTIALS: message_uuid=%s error=%v", message.MessageUUID, err)
		return batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	}
	if !authority.BeginSend(ctx, s.database, message.MessageUUID, claim) {
		return batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	}

	result := batch.Result{MessageUUID: message.MessageUUID}
	state := "SENT"
	sid, err := twilio.Send(credentials, message.Recipient, message.Body)
	switch {
	case err == nil:
		result.Status, result.ProviderMessageID = "accepted", &sid
	case errors.Is(err, twilio.ErrRejected):
		result.Status, state = "rejected", "NOT_SENT"
	default:
		result.Status, state = "unknown", "UNKNOWN"
	}
	if err := authority.Settle(ctx, s.database, message.MessageUUID, claim, state, result.Status, result.ProviderMessageID); err != nil {
		log.Printf("SETTLEMENT_FAILED: message_uuid=%s error=%v", message.MessageUUID, err)
		result.Status = "in_progress"
	}
	return result
}

// held reports only the service's own sends, and a duplicate only after an acceptance.
func held(message batch.Message, claim authority.Claim) batch.Result {
	result := batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	switch {
	case claim.Verdict == "conflict":
		result.Status = "conflict"
	case claim.Holder != "service":
	case claim.State == "SENT":
		result.Status, result.ProviderMessageID = "duplicate", claim.ProviderMessageID
	case claim.State == "NOT_SENT":
		result.Status = "rejected"
	case claim.State == "UNKNOWN":
		result.Status = "unknown"
	}
	return result
}

// rehearse never calls the provider. Its rows have their own key, so that a rehearsal never counts as a send.
func (s *service) rehearse(ctx context.Context, request *batch.Request, message batch.Message) batch.Result {
	log.Printf("DRY_RUN_NO_PROVIDER_CALL: message_uuid=%s", message.MessageUUID)
	_, err := s.database.ExecContext(ctx,
		`INSERT INTO go_sms_logs (message_uuid, dry_run, tenant_id, recipient, body, status)
		 VALUES ($1, true, $2, $3, $4, 'accepted') ON CONFLICT DO NOTHING`,
		message.MessageUUID, request.TenantID, message.Recipient, message.Body)
	if err != nil {
		log.Printf("REHEARSAL_NOT_LOGGED: message_uuid=%s error=%v", message.MessageUUID, err)
		return batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	}
	return batch.Result{MessageUUID: message.MessageUUID, Status: "accepted"}
}

// results collects the outcomes of the messages of one request.
type results struct {
	mutex    sync.Mutex
	list     []batch.Result
	finished chan struct{}
	open     int
}

func newResults(messages []batch.Message) *results {
	r := &results{list: make([]batch.Result, len(messages)), finished: make(chan struct{}), open: len(messages)}
	for index, message := range messages {
		r.list[index] = batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	}
	return r
}

func (r *results) set(index int, result batch.Result) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.list[index] = result
	if r.open--; r.open == 0 {
		close(r.finished)
	}
}

// within waits until all messages are finished, but no longer than patience, and returns the results so far.
func (r *results) within(patience time.Duration) []batch.Result {
	select {
	case <-r.finished:
	case <-time.After(patience):
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]batch.Result(nil), r.list...)
}
