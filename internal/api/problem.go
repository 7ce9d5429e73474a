package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/web/shell"
)

// Problem is an answer that something went wrong (RFC 9457).
type Problem struct {
	Type      string     `json:"type" format:"uri-reference" doc:"What kind of problem it is; its address leads to an explanation." example:"/api/v1/docs#problems"`
	Title     string     `json:"title" doc:"The kind of problem in a few words." example:"Unprocessable Entity"`
	Status    int        `json:"status" doc:"The HTTP status." example:"422"`
	Detail    string     `json:"detail" doc:"What was wrong and what to do." example:"Nothing was taken: 1 value cannot be taken. Mend them and send all of it again."`
	Incident  string     `json:"incident" doc:"Give this to whoever runs the service: it leads them to the line of their log."`
	Errors    []Mistake  `json:"errors,omitempty" doc:"What is wrong with the request, by place."`
	Conflicts []Conflict `json:"conflicts,omitempty" doc:"Values that cannot be taken: the first of them."`
	Wrong     int        `json:"wrong,omitempty" doc:"How many conflicts there are in all."`
}

// Mistake is one thing that is wrong with a request.
type Mistake struct {
	Location string `json:"location,omitempty" doc:"Where it is." example:"body.values[3].period"`
	Message  string `json:"message" doc:"What is wrong."`
}

// problemType is the address of the explanation of problems.
const problemType = DocsPath + "#problems"

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func newProblem(ctx context.Context, status int, detail string) *Problem {
	p := &Problem{Type: problemType, Title: http.StatusText(status), Status: status, Detail: detail}
	if asked := askedIn(ctx); asked != nil {
		p.Incident = asked.incident
	}
	return p
}

// useProblems has huma answer with ours what it finds wrong itself. Its
// constructor of errors is one for the whole program.
var useProblems = sync.OnceFunc(func() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return problemOf(context.Background(), status, message, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		return problemOf(ctx.Context(), status, message, errs)
	}
})

// inWords says what huma says shortly.
var inWords = map[int]string{
	http.StatusBadRequest:            "The content could not be read as JSON. Check that it is whole and in UTF-8.",
	http.StatusUnprocessableEntity:   "The request is not as this API asks for. The list of errors says where.",
	http.StatusRequestEntityTooLarge: "The content is larger than this address takes. Send it in parts.",
	http.StatusUnsupportedMediaType:  "Send the content as JSON, with the header Content-Type: application/json.",
	http.StatusRequestTimeout:        "The content did not come in time. Send it again.",
}

// problemOf is a problem that huma found. The text of an error that it does
// not know is for the log alone.
func problemOf(ctx context.Context, status int, message string, errs []error) *Problem {
	detail := inWords[status]
	if detail == "" {
		detail = http.StatusText(status) + "."
	}
	p := newProblem(ctx, status, detail)
	for _, err := range errs {
		var known huma.ErrorDetailer
		if errors.As(err, &known) {
			found := known.ErrorDetail()
			p.Errors = append(p.Errors, Mistake{Location: found.Location, Message: found.Message})
		}
	}
	if asked := askedIn(ctx); asked != nil && asked.err == nil {
		asked.err = errors.Join(append([]error{errors.New(message)}, errs...)...)
	}
	return p
}

// problem turns what a use case answered into what the program is told, and
// keeps the error for the log.
func problem(ctx context.Context, err error) error {
	var already *Problem
	if errors.As(err, &already) {
		return already
	}
	if asked := askedIn(ctx); asked != nil {
		asked.err = err
	}
	status, message := shell.Status(err)
	if message == "" {
		message = "Something went wrong here. Try again later; if it stays so, tell whoever runs the service the incident."
	}
	p := newProblem(ctx, status, message)
	var known *fault.Error
	if errors.As(err, &known) {
		for _, f := range known.Fields {
			p.Errors = append(p.Errors, Mistake{Location: f.Name, Message: f.Message})
		}
	}
	return p
}

// refused is a problem with the conflicts of a sending.
func refused(ctx context.Context, err error, receipt adoption.Receipt, at func(row int, column string) string) error {
	answer := problem(ctx, err)
	var p *Problem
	if errors.As(answer, &p) {
		p.Conflicts, p.Wrong = conflictsOf(receipt, at), receipt.Wrong
	}
	return answer
}

// write answers a problem outside of huma.
func (p *Problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the program may be gone by now
}
