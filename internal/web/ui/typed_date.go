package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// TypedDate is a date as somebody typed it into the fields of a DateInput: day,
// month and year, whatever they hold.
type TypedDate [3]string

// TypedDateOf parts an ISO date; what is none is empty.
func TypedDateOf(iso string) TypedDate {
	date, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return TypedDate{}
	}
	return TypedDate{strconv.Itoa(date.Day()), strconv.Itoa(int(date.Month())), strconv.Itoa(date.Year())}
}

// ISO joins the parts: empty where nothing was typed, and what is no date where
// a part is no number, so that whoever checks dates refuses it.
func (d TypedDate) ISO() string {
	if d == (TypedDate{}) {
		return ""
	}
	var parts [3]int
	for i, text := range d {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 9999 {
			return strings.Join(d[:], " ")
		}
		parts[i] = n
	}
	return fmt.Sprintf("%04d-%02d-%02d", parts[2], parts[1], parts[0])
}

// ReadTo adds the places of the parts to those of a form's posted values.
func (d *TypedDate) ReadTo(to map[string]*string, name string) {
	to[name+"-day"], to[name+"-month"], to[name+"-year"] = &d[0], &d[1], &d[2]
}

// Input asks for the date, holding what was typed.
func (d TypedDate) Input(name, legend, hint string, wrong FieldErrors) DateInput {
	return DateInput{Name: name, Legend: legend, LegendSize: SizeS, Hint: hint, Day: d[0], Month: d[1], Year: d[2], Error: wrong.For(name)}
}
