package improvement

import (
	"errors"
	"net/http"

	"sir/internal/fault"
	area "sir/internal/improvement"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

func readStep(r *shell.Request) (in typedStep, err error) {
	to := map[string]*string{"step": &in.step, "done": &in.done, "studied": &in.studied, "decision": &in.decision, "why": &in.why}
	in.ended.ReadTo(to, "ended-on")
	if err := r.Fields(to); err != nil {
		return in, err
	}
	in.plan, err = readPlan(r)
	return in, err
}

// takeStep takes the step of the form that was sent.
func (p pages) takeStep(r *shell.Request) error {
	in, err := readStep(r)
	if err != nil {
		return err
	}
	number, err := r.Version()
	if err != nil {
		return err
	}
	err = p.send(r, in, number)
	var wrong *fault.Error
	shown := errors.As(err, &wrong)
	switch {
	case shown && (errors.Is(err, fault.ErrStale) || errors.Is(err, fault.ErrInvalid)):
		return p.again(r, in, number, wrong)
	case err != nil:
		return err
	}
	r.Notify(saidOf[in.step])
	return r.Redirect(r.URL.Path)
}

var saidOf = map[string]string{
	stepPlan: "The plan was saved.", stepDo: "What happened was saved. Compare it next with the prediction.",
	stepStudy: "The study was saved. Decide next what becomes of the change.", stepAct: "The decision was saved.",
}

// send has the use case of the step do it.
func (p pages) send(r *shell.Request, in typedStep, number int64) error {
	at, id := address(r), r.PathValue("cycle")
	switch in.step {
	case stepPlan:
		return p.improvement.ChangePlan(r.Context(), r.Actor, at, id, number, in.plan.Plan)
	case stepDo:
		return p.improvement.RecordDone(r.Context(), r.Actor, at, id, number, in.done, in.ended.ISO())
	case stepStudy:
		return p.improvement.RecordStudy(r.Context(), r.Actor, at, id, number, in.studied)
	case stepAct:
		return p.improvement.Decide(r.Context(), r.Actor, at, id, number, area.Decision(in.decision), in.why)
	}
	return fault.Invalid("The form was not understood. Use the buttons on the page.")
}

// again shows the form with what was typed, and where somebody else was
// quicker, both texts.
func (p pages) again(r *shell.Request, in typedStep, number int64, wrong *fault.Error) error {
	v, err := p.improvement.Cycle(r.Context(), r.Actor, address(r), r.PathValue("cycle"))
	if err != nil {
		return err
	}
	if !errors.Is(wrong, fault.ErrStale) {
		v.Version = number // as it was seen: somebody may have changed it since
		errs := shell.FieldErrors(wrong)
		if len(errs) == 0 {
			errs = ui.FieldErrors{{Message: wrong.Error()}}
		}
		return renderCycle(r, http.StatusUnprocessableEntity, v, in, nil, errs)
	}
	theirs, yours := bothTexts(v, in)
	return renderCycle(r, http.StatusConflict, v, in, &clash{theirs, yours}, ui.FieldErrors{{Message: wrong.Error()}})
}

// bothTexts are what a cycle says about a step, and what was typed.
func bothTexts(v area.CycleView, in typedStep) (theirs, yours string) {
	switch in.step {
	case stepPlan:
		return words(v.Title+".", v.Plan, "Prediction: "+orDash(v.Prediction)), words(in.plan.Title+".", in.plan.Plan.Plan, "Prediction: "+orDash(in.plan.Prediction))
	case stepDo:
		return orDash(v.Done), in.done
	case stepStudy:
		return orDash(v.Studied), in.studied
	}
	return words(orDash(string(v.Decision)), v.DecidedWhy), words(in.decision, in.why)
}
