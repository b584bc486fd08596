// Package batch reads the batch requests of the application and writes the answers of the service.
package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Request is the body of POST /v1/batches.
type Request struct {
	TenantID   int64     `json:"tenant_id"`
	CampaignID *int64    `json:"campaign_id"`
	DryRun     *bool     `json:"dry_run"`
	Messages   []Message `json:"messages"`
}

// Message is one message of a request.
type Message struct {
	MessageUUID string `json:"message_uuid"`
	Recipient   string `json:"recipient"`
	Body        string `json:"body"`
	Provider    string `json:"provider"`
}

// Result is the outcome of one message.
type Result struct {
	MessageUUID       string  `json:"message_uuid"`
	Status            string  `json:"status"`
	ProviderMessageID *string `json:"provider_message_id"`
}

// Read decodes a request. A missing dry_run is an error: it must never mean a live send.
func Read(r *http.Request) (*Request, error) {
	var request Request
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		return nil, err
	}
	if request.DryRun == nil {
		return nil, errors.New("dry_run is required")
	}
	if len(request.Messages) == 0 {
		return nil, errors.New("messages: expected at least one")
	}
	for i, message := range request.Messages {
		if message.MessageUUID == "" || message.Recipient == "" || message.Provider == "" {
			return nil, fmt.Errorf("messages[%d]: message_uuid, recipient and provider are required", i)
		}
	}
	return &request, nil
}

// Write answers with the results.
func Write(w http.ResponseWriter, results []Result) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string][]Result{"results": results})
}
