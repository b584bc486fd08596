// The messaging service after the repair: it sends what the authority grants it, and answers before its caller gives up.
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

// The application waits for 500 ms. What is not done by then goes on without it.
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

	// A caller that hangs up does not end what was begun for it.
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

// send makes one attempt. Who is not granted the message answers what is known of it.
func (s *service) send(ctx context.Context, request *batch.Request, message batch.Message) batch.Result {
	claim, err := authority.Obtain(ctx, s.database, request, message)
	if err != nil {
		log.Printf("CLAIM_FAILED: message_uuid=%s error=%v", message.MessageUUID, err)
		return batch.Result{MessageUUID: message.MessageUUID, Status: "in_progress"}
	}
	if claim.Verdict != "granted" {
		return held(message, claim)
	}
	// Before the point of no return, so that a missing account leaves no doubt.
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

// held reports the service's own sends only, and a duplicate only after an acceptance.
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

// rehearse knows no provider. Its rows have a key of their own, so that none stands in for a send.
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

// results collects what becomes of the messages of one request.
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

// within returns what is known once all is done, or once the time is up.
func (r *results) within(patience time.Duration) []batch.Result {
	select {
	case <-r.finished:
	case <-time.After(patience):
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]batch.Result(nil), r.list...)
}
