package qca

import (
	"fmt"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Parse reads an expression such as "A*~B + C[2]" and returns it as a
// disjunction of conjunctions. "*" is and, "+" is or, "~" is not, "C[1,2]" (or
// "C{1,2}") is a set of values, and brackets group. Brackets are multiplied
// out: an expression with more than 10,000 terms is refused. "1" and "0" are
// the expressions that hold of every and of no case.
func Parse(text string) (Expression, error) {
	p := parser{text: text}
	e := p.disjunction(false, 0)
	if p.err == nil && p.peek() != 0 {
		p.fail("an operator is missing before it", "join conditions with * or +")
	}
	if p.err != nil {
		return nil, p.err
	}
	return e, nil
}

// ParseLiteral reads one literal, such as an outcome: "OUT", "~OUT", "OUT[2]".
func ParseLiteral(text string) (Literal, error) {
	e, err := Parse(text)
	if err != nil {
		return Literal{}, err
	}
	if len(e) != 1 || len(e[0]) != 1 {
		return Literal{}, &InputError{Value: text, Problem: "not a single condition", Remedy: "write for example A, ~A or A[2]"}
	}
	return e[0][0], nil
}

const (
	maxParsedTerms = 10_000
	maxParsedDepth = 100
)

// parser is a recursive descent over text. Negation is pushed inwards while
// parsing (De Morgan), so that every function returns a disjunction of
// conjunctions. After the first error nothing advances.
type parser struct {
	text string
	at   int
	err  error
}

// peek returns the next rune that is not a space, or 0 at the end.
func (p *parser) peek() rune {
	for p.err == nil && p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			return r
		}
		p.at += size
	}
	return 0
}

func (p *parser) accept(r rune) bool {
	if p.peek() != r {
		return false
	}
	p.at += utf8.RuneLen(r)
	return true
}

func (p *parser) fail(problem, remedy string) {
	if p.err == nil {
		p.err = &InputError{Value: p.text, Problem: fmt.Sprintf("character %d: %s", utf8.RuneCountInString(p.text[:p.at])+1, problem),
			Remedy: remedy}
	}
}

func (p *parser) disjunction(negated bool, depth int) Expression {
	whole := p.conjunction(negated, depth)
	for p.accept('+') {
		whole = p.join(whole, p.conjunction(negated, depth), negated)
	}
	return whole
}

func (p *parser) conjunction(negated bool, depth int) Expression {
	whole := p.factor(negated, depth)
	for p.accept('*') {
		whole = p.join(whole, p.factor(negated, depth), !negated)
	}
	return whole
}

// join returns the conjunction of a and b, multiplied out, or their disjunction.
func (p *parser) join(a, b Expression, conjunction bool) Expression {
	size := len(a) + len(b)
	if conjunction {
		size = len(a) * len(b)
	}
	if size > maxParsedTerms {
		p.fail("too many terms once the brackets are multiplied out", "split the expression")
	}
	switch {
	case p.err != nil:
		return nil
	case !conjunction:
		return append(a, b...)
	}
	product := make(Expression, 0, size)
	for _, s := range a {
		for _, t := range b {
			product = append(product, slices.Concat(s, t))
		}
	}
	return product
}

func (p *parser) factor(negated bool, depth int) Expression {
	for p.accept('~') {
		negated = !negated
	}
	r := p.peek()
	switch {
	case depth > maxParsedDepth:
		p.fail("brackets are nested too deeply", "simplify the expression")
	case p.accept('('):
		e := p.disjunction(negated, depth+1)
		if !p.accept(')') {
			p.fail("a closing bracket is missing", "add )")
		}
		return e
	case r == '0' || r == '1':
		p.at++
		if (r == '1') != negated {
			return Expression{Term{}}
		}
		return Expression{}
	case isNameRune(r, true):
		return Expression{Term{p.literal(negated)}}
	default:
		p.fail("a condition is missing", "write a condition's name here")
	}
	return nil
}

func (p *parser) literal(negated bool) Literal {
	start := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !isNameRune(r, p.at == start) {
			break
		}
		p.at += size
	}
	l := Literal{Condition: p.text[start:p.at], Negated: negated}
	switch {
	case p.accept('['):
		l.Values = p.values(']')
	case p.accept('{'):
		l.Values = p.values('}')
	}
	return l
}

func (p *parser) values(end rune) []int {
	var values []int
	for {
		p.peek()
		start := p.at
		for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
			p.at++
		}
		v, err := strconv.Atoi(p.text[start:p.at])
		if err != nil || v >= MaxLevels {
			p.fail("a value is missing or too large", fmt.Sprintf("write whole numbers from 0 to %d", MaxLevels-1))
			return nil
		}
		values = append(values, v)
		if p.accept(end) {
			slices.Sort(values)
			return slices.Compact(values)
		}
		if !p.accept(',') {
			p.fail("the list of values is not closed", fmt.Sprintf("end it with %c", end))
			return nil
		}
	}
}

func isNameRune(r rune, first bool) bool {
	switch {
	case r == utf8.RuneError:
		return false
	case unicode.IsLetter(r):
		return true
	case first:
		return false
	}
	return unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' || r == '.'
}
