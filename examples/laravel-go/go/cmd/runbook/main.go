// The messaging service of Step 15 of the runbook: it uses go_sms_logs for idempotency and as its log.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"sync"

	"example.com/messaging/internal/batch"
	"example.com/messaging/internal/server"
	"example.com/messaging/internal/twilio"
	"example.com/messaging/internal/workers"
)

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
	req, err := batch.Read(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}

	results := make([]batch.Result, len(req.Messages))
	var done sync.WaitGroup
	for index, message := range req.Messages {
		done.Add(1)
		s.workers.Submit(func() {
			defer done.Done()
			results[index] = s.send(req, message)
		})
	}
	done.Wait()
	batch.Write(w, results)
}

func (s *service) send(req *batch.Request, message batch.Message) batch.Result {
	result := batch.Result{MessageUUID: message.MessageUUID}
	isNew, err := s.insertLog(req, message)
	if err != nil {
		log.Printf("LOG_NOT_WRITTEN: message_uuid=%s error=%v", message.MessageUUID, err)
		result.Status = "failed"
		return result
	}
	if !isNew {
		result.Status = "duplicate"
		return result
	}

	// INVARIANT 1 (SHADOW mode): DryRun MUST NOT call external providers
	if *req.DryRun {
		log.Printf("DRY_RUN_NO_PROVIDER_CALL: message_uuid=%s", message.MessageUUID)
		result.Status = "accepted"
		s.updateLog(req, result)
		return result // Provider code MUST NOT execute when DryRun == true
	}

	result.Status = "failed"
	credentials, err := loadCredentials(req.TenantID, message.Provider)
	if err == nil {
		var sid string
		if sid, err = twilio.Send(credentials, message.Recipient, message.Body); err == nil {
			result.Status = "accepted"
			result.ProviderMessageID = &sid
		}
	}
	if err != nil {
		log.Printf("SEND_FAILED: message_uuid=%s error=%v", message.MessageUUID, err)
	}
	s.updateLog(req, result)
	return result
}

// All tenants send from one account so far.
func loadCredentials(_ int64, _ string) (twilio.Credentials, error) {
	return twilio.CredentialsFromEnvironment()
}

func (s *service) insertLog(req *batch.Request, message batch.Message) (bool, error) {
	inserted, err := s.database.Exec(
		`INSERT INTO go_sms_logs (message_uuid, dry_run, tenant_id, recipient, body, status)
		 VALUES ($1, $2, $3, $4, $5, 'pending') ON CONFLICT DO NOTHING`,
		message.MessageUUID, *req.DryRun, req.TenantID, message.Recipient, message.Body)
	if err != nil {
		return false, err
	}
	rows, err := inserted.RowsAffected()
	return rows == 1, err
}

func (s *service) updateLog(req *batch.Request, result batch.Result) {
	_, err := s.database.Exec(
		`UPDATE go_sms_logs SET status = $1, provider_message_id = $2 WHERE message_uuid = $3 AND dry_run = $4`,
		result.Status, result.ProviderMessageID, result.MessageUUID, *req.DryRun)
	if err != nil {
		log.Printf("LOG_NOT_UPDATED: message_uuid=%s error=%v", result.MessageUUID, err)
	}
}
