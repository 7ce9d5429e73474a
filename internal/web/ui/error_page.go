package ui

import (
	"net/http"

	"github.com/a-h/templ"
)

// failure is what a page says about a status when nobody said it better.
type failure struct {
	title, what, next string
}

var failures = map[int]failure{
	http.StatusBadRequest: {
		"The request could not be read",
		"The browser sent something that this service does not understand.",
		"Go back and try again.",
	},
	http.StatusUnauthorized: {
		"Sign in first",
		"You are not signed in, or your session has ended.",
		"Sign in and try again.",
	},
	http.StatusForbidden: {
		"You cannot do this",
		"Your role does not include what you asked for.",
		"If you need it for your work, ask an administrator.",
	},
	http.StatusNotFound: {
		"Page not found",
		"There is no page at this address, or it is not shared with you.",
		"If you typed the address, check it. If you followed a link, the page may have moved.",
	},
	http.StatusMethodNotAllowed: {
		"The request could not be carried out",
		"This address does not take that kind of request.",
		"Go back and try again.",
	},
	http.StatusConflict: {
		"Someone else changed this first",
		"What you were editing was changed after you opened it, so your change was not saved.",
		"Go back, reload the page to see the newer version, and make your change again.",
	},
	http.StatusUnprocessableEntity: {
		"Something needs to be put right",
		"What you sent could not be used as it is.",
		"Go back, check your answers and try again.",
	},
	http.StatusTooManyRequests: {
		"Too many attempts",
		"There were too many attempts in a short time.",
		"Wait a few minutes, then try again.",
	},
	http.StatusInternalServerError: {
		"Something went wrong",
		"This is a fault in the service. What you were doing may not have been saved.",
		"Try again. If it happens again, tell an administrator and give the incident number.",
	},
	http.StatusServiceUnavailable: {
		"The service is not available",
		"It is being worked on or is very busy.",
		"Try again in a few minutes.",
	},
}

// ErrorPage returns the page and content for a request that failed with an HTTP
// status. message says what was wrong and what to do, in words made for the
// reader; where it is empty the page says what the status means. incident, which
// may be empty, is the number under which the failure stands in the log.
func ErrorPage(status int, message, incident string) (Page, templ.Component) {
	f, ok := failures[status]
	switch {
	case ok:
	case status < http.StatusInternalServerError:
		f = failures[http.StatusBadRequest]
	default:
		f = failures[http.StatusInternalServerError]
	}
	if message != "" {
		f.what, f.next = message, ""
	}
	return Page{Title: f.title}, errorContent(status, f.what, f.next, incident)
}
