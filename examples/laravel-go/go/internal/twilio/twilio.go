// Package twilio sends text messages through Twilio.
package twilio

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"
)

// ErrRejected means that Twilio did not accept the message. After any other error Twilio may have accepted it.
var ErrRejected = errors.New("rejected")

// Credentials are those of one account.
type Credentials struct {
	AccountSID string
	AuthToken  string
}

// CredentialsFromEnvironment reads the account from which the service sends.
func CredentialsFromEnvironment() (Credentials, error) {
	credentials := Credentials{os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN")}
	if credentials.AccountSID == "" || credentials.AuthToken == "" {
		return credentials, errors.New("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set")
	}
	return credentials, nil
}

var client = &http.Client{Timeout: time.Second}

// Send calls Twilio once, and returns the sid of a message that Twilio accepted.
func Send(credentials Credentials, to, body string) (string, error) {
	address := fmt.Sprintf("%s/2010-04-01/Accounts/%s/Messages.json", os.Getenv("TWILIO_URL"), credentials.AccountSID)
	form := url.Values{"To": {to}, "From": {os.Getenv("TWILIO_FROM")}, "Body": {body}}
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", fmt.Errorf("%w: %v", ErrRejected, err)
	}
	request.SetBasicAuth(credentials.AccountSID, credentials.AuthToken)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")

	response, err := client.Do(request)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return "", fmt.Errorf("%w: %v", ErrRejected, err)
	}
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 && response.StatusCode < 500 {
		return "", fmt.Errorf("%w: status %d", ErrRejected, response.StatusCode)
	}
	if response.StatusCode != http.StatusCreated {
		return "", fmt.Errorf("status %d", response.StatusCode)
	}
	var taken struct {
		SID string `json:"sid"`
	}
	if err := json.NewDecoder(response.Body).Decode(&taken); err != nil {
		return "", err
	}
	if taken.SID == "" {
		return "", errors.New("status 201 without a sid")
	}
	return taken.SID, nil
}
