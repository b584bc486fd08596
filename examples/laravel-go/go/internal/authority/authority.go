// Package authority asks the database which system may send a message. The stored procedures belong to the application.
package authority

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"time"

	"example.com/messaging/internal/batch"
)

// Claim is the answer of the database to an attempt to send.
type Claim struct {
	// Verdict is 'granted', 'held' by another attempt, or 'conflict': the uuid belongs to another text or recipient.
	Verdict           string
	Epoch             int
	Holder            string
	State             string
	ProviderMessageID *string
	token             string
}

// Lease is how long a claim excludes other attempts while its send has not begun.
const Lease = 800 * time.Millisecond

// NewToken names an attempt, so that the attempt can repeat its claim after a lost answer.
func NewToken() string {
	token := make([]byte, 16)
	rand.Read(token)
	return hex.EncodeToString(token)
}

// Obtain claims a message for the service, and logs it as pending in the same transaction.
func Obtain(ctx context.Context, database *sql.DB, request *batch.Request, message batch.Message) (Claim, error) {
	token := NewToken()
	claim, err := obtain(ctx, database, request, message, token)
	if err != nil {
		// It is unknown whether the claim was committed. A claim with the same token gets the same answer.
		claim, err = obtain(ctx, database, request, message, token)
	}
	return claim, err
}

func obtain(ctx context.Context, database *sql.DB, request *batch.Request, message batch.Message, token string) (Claim, error) {
	claim := Claim{token: token}
	transaction, err := database.BeginTx(ctx, nil)
	if err != nil {
		return claim, err
	}
	defer transaction.Rollback()
	err = transaction.QueryRowContext(ctx,
		`SELECT verdict, epoch, holder, state, provider_message_id FROM sa_claim($1, $2, $3, $4, 'service', $5, $6)`,
		message.MessageUUID, request.TenantID, message.Recipient, message.Body, token, Lease.Milliseconds(),
	).Scan(&claim.Verdict, &claim.Epoch, &claim.Holder, &claim.State, &claim.ProviderMessageID)
	if err != nil {
		return claim, err
	}
	if claim.Verdict == "granted" {
		_, err = transaction.ExecContext(ctx,
			`INSERT INTO go_sms_logs (message_uuid, dry_run, tenant_id, recipient, body, status)
			 VALUES ($1, false, $2, $3, $4, 'pending') ON CONFLICT DO NOTHING`,
			message.MessageUUID, request.TenantID, message.Recipient, message.Body)
		if err != nil {
			return claim, err
		}
	}
	return claim, transaction.Commit()
}

// BeginSend begins a send, which cannot be undone: the message is sent at most once, and nothing else can claim it. False if it is refused.
func BeginSend(ctx context.Context, database *sql.DB, messageUUID string, claim Claim) bool {
	for range 2 {
		var begun bool
		err := database.QueryRowContext(ctx, `SELECT sa_begin_send($1, $2, $3)`, messageUUID, claim.Epoch, claim.token).Scan(&begun)
		if err == nil {
			return begun
		}
	}
	return false
}

// Settle records how a send ended, in the authority and in the log of the service.
func Settle(ctx context.Context, database *sql.DB, messageUUID string, claim Claim, state, status string, sid *string) error {
	var err error
	for range 2 {
		if err = settle(ctx, database, messageUUID, claim, state, status, sid); err == nil {
			return nil
		}
	}
	return err
}

func settle(ctx context.Context, database *sql.DB, messageUUID string, claim Claim, state, status string, sid *string) error {
	transaction, err := database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer transaction.Rollback()
	if _, err := transaction.ExecContext(ctx, `SELECT sa_settle($1, $2, $3, $4)`, messageUUID, claim.Epoch, state, sid); err != nil {
		return err
	}
	_, err = transaction.ExecContext(ctx,
		`UPDATE go_sms_logs SET status = $1, provider_message_id = $2 WHERE message_uuid = $3 AND NOT dry_run`,
		status, sid, messageUUID)
	if err != nil {
		return err
	}
	return transaction.Commit()
}
