package ui

import (
	"bytes"
	"encoding/json"

	"github.com/a-h/templ"
)

func buildButton(o json.RawMessage) (templ.Component, error) {
	var c Button
	err := strict(o, &c)
	if bytes.Contains(o, []byte(`"preventDoubleClick": false`)) {
		err = errInexpressible
	}
	return &c, err
}

func buildInput(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Name, ID, Type, Value, Inputmode, Autocomplete string
		Label                                          title
		Hint, ErrorMessage, Prefix, Suffix             words
		Width                                          int
		Code, Disabled                                 bool
		Spellcheck                                     *bool
	}
	err := strict(o, &in)
	return Input{Name: in.Name, ID: in.ID, Label: in.Label.Text, LabelSize: in.Label.Size, LabelHeading: in.Label.heading,
		Hint: string(in.Hint), Error: string(in.ErrorMessage), Value: in.Value, Type: in.Type, Width: in.Width, Code: in.Code,
		InputMode: in.Inputmode, Autocomplete: in.Autocomplete, NoSpellcheck: in.Spellcheck != nil && !*in.Spellcheck,
		Prefix: string(in.Prefix), Suffix: string(in.Suffix), Disabled: in.Disabled}, err
}

func buildPassword(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Name, ID, Autocomplete string
		Label                  title
		Hint, ErrorMessage     words
		Width                  int
		Disabled               bool
	}
	err := strict(o, &in)
	return PasswordInput{Name: in.Name, ID: in.ID, Label: in.Label.Text, LabelSize: in.Label.Size, LabelHeading: in.Label.heading,
		Hint: string(in.Hint), Error: string(in.ErrorMessage), Autocomplete: in.Autocomplete, Width: in.Width, Disabled: in.Disabled}, err
}

func buildTextarea(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Name, ID, Value, Autocomplete string
		Label                         title
		Hint, ErrorMessage            words
		Rows                          int
		Disabled                      bool
	}
	err := strict(o, &in)
	return Textarea{Name: in.Name, ID: in.ID, Label: in.Label.Text, LabelSize: in.Label.Size, LabelHeading: in.Label.heading,
		Hint: string(in.Hint), Error: string(in.ErrorMessage), Value: in.Value, Rows: in.Rows, Autocomplete: in.Autocomplete, Disabled: in.Disabled}, err
}

func buildSelect(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Name, ID, Value    string
		Label              title
		Hint, ErrorMessage words
		Disabled           bool
		Items              []struct {
			Value, Text       string
			Disabled, Divider bool
		}
	}
	err := strict(o, &in)
	c := Select{Name: in.Name, ID: in.ID, Label: in.Label.Text, LabelSize: in.Label.Size, LabelHeading: in.Label.heading,
		Hint: string(in.Hint), Error: string(in.ErrorMessage), Value: in.Value, Disabled: in.Disabled}
	for _, item := range in.Items {
		c.Options = append(c.Options, SelectOption{Value: item.Value, Text: item.Text, Disabled: item.Disabled})
	}
	return c, err
}

// choiceOptions are those that radios and checkboxes share.
type choiceOptions struct {
	Name, IDPrefix, Value string
	Values                []string
	Fieldset              struct{ Legend title }
	Hint, ErrorMessage    words
	Small, Inline         bool
	Items                 []struct {
		Value, Text, Divider string
		Hint                 words
		Disabled, Exclusive  bool
		Conditional          *struct{ HTML string }
	}
}

func buildChoices(o json.RawMessage) (choiceOptions, error) {
	var c choiceOptions
	err := strict(o, &c)
	return c, err
}

func (c choiceOptions) options() []Option {
	var options []Option
	for _, item := range c.Items {
		option := Option{Value: item.Value, Text: item.Text, Hint: string(item.Hint), Divider: item.Divider, Disabled: item.Disabled, Exclusive: item.Exclusive}
		if item.Conditional != nil {
			option.Conditional = templ.Raw(item.Conditional.HTML)
		}
		options = append(options, option)
	}
	return options
}

func buildDate(o json.RawMessage) (templ.Component, error) {
	type part struct {
		Value string
		Error bool
	}
	var in struct {
		ID                 string
		Fieldset           struct{ Legend title }
		Hint, ErrorMessage words
		Day, Month, Year   part
		Values             struct{ Day, Month, Year string }
	}
	err := strict(o, &in)
	legend := in.Fieldset.Legend
	c := DateInput{ID: in.ID, Legend: legend.Text, LegendSize: legend.Size, LegendHeading: legend.heading, Hint: string(in.Hint), Error: string(in.ErrorMessage),
		Day: or(in.Day.Value, in.Values.Day), Month: or(in.Month.Value, in.Values.Month), Year: or(in.Year.Value, in.Values.Year)}
	if in.ErrorMessage == "" && (in.Day.Error || in.Month.Error || in.Year.Error) {
		err = errInexpressible // an error without a message
	}
	for name, p := range map[string]part{"day": in.Day, "month": in.Month, "year": in.Year} {
		if p.Error {
			c.Wrong = append(c.Wrong, name)
		}
	}
	return c, err
}

func buildFieldset(o json.RawMessage) (templ.Component, error) {
	var in struct{ Legend title }
	err := strict(o, &in)
	return Fieldset{Legend: in.Legend.Text, LegendSize: in.Legend.Size, LegendHeading: in.Legend.heading}, err
}
