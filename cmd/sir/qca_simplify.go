package main

import (
	"sir/internal/exchange"
	"sir/qca"
)

type qcaSimplifyCommand struct {
	Expressions []string       `arg:"" name:"expression" help:"An expression such as 'A*B + A*~B'; of several, what holds in all."`
	Negate      bool           `help:"Negate the expression."`
	Factor      bool           `help:"Put what terms share before brackets."`
	Levels      map[string]int `placeholder:"C=3" help:"Numbers of values of conditions with more than two."`
	qcaOutput
}

func (qcaSimplifyCommand) Help() string {
	return `Examples:
  sir qca simplify 'A*B + A*~B + C'
  sir qca simplify 'A*B + A*C' --factor
  sir qca simplify 'A*(B + C)' --negate
  sir qca simplify 'A + B' '~A + C'

Every shortest form is printed. No file is needed.`
}

func (c qcaSimplifyCommand) Run(env *environment) error {
	list := make([]qca.Expression, len(c.Expressions))
	for i, text := range c.Expressions {
		var err error
		if list[i], err = qca.Parse(text); err != nil {
			return inputError{err}
		}
	}
	forms, err := qca.Intersect(env.ctx, list, c.Levels)
	if err == nil && c.Negate {
		forms, err = qca.Negate(env.ctx, forms[0], c.Levels)
	}
	if err != nil {
		return inputError{err}
	}
	var texts []string
	for _, form := range forms {
		if c.Factor {
			texts = append(texts, qca.Factor(form)...)
		} else {
			texts = append(texts, form.String())
		}
	}
	r := qcaResult{title: counted(len(texts), "form", "forms"), sheet: exchange.Sheet{Columns: []string{"expression"}}}
	r.data = struct {
		Forms []string `json:"forms"`
	}{texts}
	for _, text := range texts {
		r.sheet.Rows = append(r.sheet.Rows, []any{text})
	}
	r.explain = func() []string { return []string{"The forms hold of exactly the same combinations."} }
	return c.write(env, r)
}
