package contender

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/runrpc/jsonrpc/bench/work"
)

// naive is what one writes in an hour: encoding/json around a switch.
func naive() Contender {
	return Contender{Name: "naive", Kind: Reference, Via: "encoding/json around a switch", NoRegistry: true, New: func(Setup) (Instance, error) {
		return Instance{Do: naiveAnswer, HTTP: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			writeJSON(w, naiveAnswer(body))
		})}, nil
	}}
}

type naiveRequest struct {
	Version string           `json:"jsonrpc"`
	Method  string           `json:"method"`
	Params  json.RawMessage  `json:"params"`
	ID      *json.RawMessage `json:"id"`
}

type naiveError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type naiveResponse struct {
	Version string           `json:"jsonrpc"`
	Result  any              `json:"result,omitempty"`
	Error   *naiveError      `json:"error,omitempty"`
	ID      *json.RawMessage `json:"id"`
}

// naiveAnswer answers nothing to what is no message.
func naiveAnswer(msg []byte) []byte {
	if msg[0] == '[' {
		return naiveBatch(msg)
	}
	var r naiveRequest
	if json.Unmarshal(msg, &r) != nil {
		return nil
	}
	answer, _ := json.Marshal(naiveCall(&r)) // its results encode
	return answer
}

func naiveBatch(msg []byte) []byte {
	var requests []naiveRequest
	if json.Unmarshal(msg, &requests) != nil {
		return nil
	}
	responses := make([]*naiveResponse, 0, len(requests))
	for i := range requests {
		if r := naiveCall(&requests[i]); r != nil {
			responses = append(responses, r)
		}
	}
	answer, _ := json.Marshal(responses)
	return answer
}

// naiveCall returns nil for a notification.
func naiveCall(r *naiveRequest) *naiveResponse {
	resp := &naiveResponse{Version: "2.0", ID: r.ID}
	resp.Result, resp.Error = naiveDispatch(r)
	if r.ID == nil {
		return nil
	}
	return resp
}

func naiveDispatch(r *naiveRequest) (any, *naiveError) {
	switch r.Method {
	case "fail":
		return nil, &naiveError{-32000, work.Fail().Error()}
	case "update":
		a, b, err := work.DecodeSubtract(r.Params)
		work.Update(a, b)
		return nil, naiveFault(err)
	}
	v, err := dispatch(r.Method, r.Params)
	if err != nil {
		return nil, naiveFault(err)
	}
	return v, nil
}

func naiveFault(err error) *naiveError {
	switch err {
	case nil:
		return nil
	case errNoMethod:
		return &naiveError{-32601, "Method not found"}
	}
	return &naiveError{-32602, err.Error()}
}
