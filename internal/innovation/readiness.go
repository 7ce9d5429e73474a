package innovation

import (
	"strings"
	"time"

	"sir/internal/fault"
	"sir/internal/freetext"
)

// Question is one of the questions on whether an innovation is ready to
// spread. There is no score: each answer stands for itself.
type Question struct {
	// Key names the question and its wording: a new wording gets a new number,
	// so that no answer is ever read under words that it was not given to.
	Key   string
	Topic string
	Asks  string
}

// Questions are asked of every innovation, again and again. What others supply
// in its stead is not asked here, because innovators read the answers.
var Questions = []Question{
	{"need-1", "Need", "Have the places that would use it said that they need it?"},
	{"belief-1", "Belief", "Do those who would use it accept the evidence as good enough for them?"},
	{"staff-1", "Gain for staff", "Do the staff who do the work gain from it themselves?"},
	{"headspace-1", "Time", "Is it known how much time it takes of whom, to start and later?"},
	{"pathway-1", "Pathway", "Is it known which roles work differently afterwards, administrative staff among them?"},
	{"adapting-1", "Adapting", "Is it written down what a site may adapt and what has to stay?"},
	{"cost-1", "Money", "Is it known what it costs to start and to run, and whose budget pays and gains?"},
	{"data-1", "Data", "Can a site get the data that show whether it works?"},
	{"digital-1", "Information", "Are information governance and IT security settled with at least one site?"},
	{"supply-1", "Supply", "Can the supplier deliver, train and support at the pace that is planned?"},
	{"fairness-1", "Fairness", "Is it known which patients could be left out, and what is done about it?"},
	{"old-1", "Old ways", "Is it known what can stop once it is in use, and who stops it?"},
}

// NotApplicable answers that a question does not fit; it needs a reason.
const NotApplicable = "not applicable"

// ReadinessWords are the answers that a question takes.
var ReadinessWords = []string{"yes", "in part", "no", "not known yet", NotApplicable}

// Answer is what was answered to a question on a day. Later answers stand
// beside it, never in its place.
type Answer struct {
	Key     string // of the question
	Version int64  // from 1, the newest counts
	Answer  string // of ReadinessWords
	Note    string // the reason, or what the answer rests on
	At      time.Time
	By      string // roles
}

func (a Answer) described() Answer {
	a.Note = strings.TrimSpace(a.Note)
	return a
}

// faults lists what is wrong with what people wrote, by field of the form.
func (a Answer) faults() (wrong fault.Fields) {
	chosen(&wrong, "answer", "Choose an answer.", a.Answer, ReadinessWords)
	if a.Answer == NotApplicable {
		freetext.Required(&wrong, "note", "Say why it does not apply.", a.Note, longestText)
	} else {
		freetext.Optional(&wrong, "note", a.Note, longestText)
	}
	return wrong
}

// Old tells whether an answer was given more than a year before the day, so
// that the question is due again.
func (a Answer) Old(today string) bool {
	return a.At.UTC().AddDate(1, 0, 0).Format(time.DateOnly) < today
}

// Asked is a question with its answers, the newest first. None is no "no".
type Asked struct {
	Question
	Answers []Answer
}

// Latest is the answer that counts; its version is 0 where there is none.
func (q Asked) Latest() Answer {
	if len(q.Answers) == 0 {
		return Answer{Key: q.Key}
	}
	return q.Answers[0]
}

// asked parts answers, the newest first, by question.
func asked(answers []Answer) (all []Asked) {
	for _, q := range Questions {
		one := Asked{Question: q}
		for _, a := range answers {
			if a.Key == q.Key {
				one.Answers = append(one.Answers, a)
			}
		}
		all = append(all, one)
	}
	return all
}

// Gaps are what a panel should know that it does not know.
type Gaps struct {
	Types      []string   // of evidence, without any item
	Overdue    []Evidence // nobody looked at it again in time
	Unanswered []Question
	Old        []Question // answered more than a year ago
}

// GapsOf finds what is missing or too old on a day.
func GapsOf(items []Evidence, all []Asked, today string) Gaps {
	gaps := Gaps{Types: EvidenceGaps(items)}
	for _, e := range items {
		if e.Overdue(today) {
			gaps.Overdue = append(gaps.Overdue, e)
		}
	}
	for _, q := range all {
		switch latest := q.Latest(); {
		case latest.Version == 0:
			gaps.Unanswered = append(gaps.Unanswered, q.Question)
		case latest.Old(today):
			gaps.Old = append(gaps.Old, q.Question)
		}
	}
	return gaps
}
