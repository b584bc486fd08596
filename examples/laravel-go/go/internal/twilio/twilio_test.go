package twilio

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

// sendTo sends one message to a server that answers with this status and body.
func sendTo(t *testing.T, status int, body string) (string, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		w.Write([]byte(body))
	}))
	defer server.Close()
	t.Setenv("TWILIO_URL", server.URL)
	return Send(Credentials{"AC7", "secret"}, "+9991", "hello")
}

func TestAMessageIsAcceptedWithItsSID(t *testing.T) {
	if sid, err := sendTo(t, 201, `{"sid":"SM1"}`); sid != "SM1" || err != nil {
		t.Errorf("got %q, %v", sid, err)
	}
}

func TestAnAnswerWithoutASIDIsNeitherAcceptedNorRejected(t *testing.T) {
	for _, body := range []string{`{}`, `{"sid":""}`, `{"sid":null}`, `{"sid":7}`, `null`, `no json`, ``} {
		if _, err := sendTo(t, 201, body); err == nil || errors.Is(err, ErrRejected) {
			t.Errorf("201 %s: got %v", body, err)
		}
	}
}

func TestOnlyAnErrorOfTheClientIsRejected(t *testing.T) {
	for status, isRejected := range map[int]bool{400: true, 401: true, 429: true, 500: false, 503: false} {
		if _, err := sendTo(t, status, `{}`); errors.Is(err, ErrRejected) != isRejected {
			t.Errorf("%d: got %v", status, err)
		}
	}
}
