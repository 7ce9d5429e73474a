package ui

import (
	"encoding/json"
	"strings"

	"github.com/a-h/templ"
)

// caption is a table's, as a string or an object.
type caption struct {
	ID, Text, Classes string
	Size              Size
}

func (c *caption) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &c.Text) == nil {
		return nil
	}
	type object caption
	return strict(b, (*object)(c))
}

// tableCell is one of a row: a string or an object.
type tableCell struct{ Text, Href, HTML, VisuallyHiddenText string }

func (c *tableCell) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &c.Text) == nil {
		return nil
	}
	type object tableCell
	return strict(b, (*object)(c))
}

func (c tableCell) cell() Cell {
	out := Cell{Text: c.Text, Href: c.Href, Hidden: c.VisuallyHiddenText}
	if c.HTML != "" {
		out.Content = templ.Raw(c.HTML)
	}
	return out
}

// tableHead is a column's: "sort" is true or an order.
type tableHead struct {
	Text, Format, Href, VisuallyHiddenText string
	Sort                                   any
}

func (h *tableHead) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &h.Text) == nil {
		return nil
	}
	type object tableHead
	return strict(b, (*object)(h))
}

func (h tableHead) column() (Column, error) {
	if h.Sort != nil && h.Href == "" {
		return Column{}, errInexpressible // sorted by a script in the browser
	}
	order, _ := h.Sort.(string)
	return Column{Text: or(h.Text, h.VisuallyHiddenText), Hidden: h.VisuallyHiddenText != "",
		Numeric: h.Format == "numeric", Href: h.Href, Sort: SortOrder(order)}, nil
}

func buildTable(o json.RawMessage) (templ.Component, error) {
	var in struct {
		Caption                                                 caption
		FirstCellIsHeader, Scroll, Responsive, Compact, Striped bool
		Border, LastRowBorder                                   *bool
		Head                                                    []tableHead
		Rows                                                    [][]tableCell
	}
	if err := strict(o, &in); err != nil {
		return nil, err
	}
	c := Table{ID: strings.TrimSuffix(in.Caption.ID, "-caption"), Caption: in.Caption.Text, CaptionSize: in.Caption.Size,
		CaptionHidden: in.Caption.Classes != "", RowHeaders: in.FirstCellIsHeader, Scroll: in.Scroll, Responsive: in.Responsive,
		Compact: in.Compact, Striped: in.Striped,
		NoBorder: in.Border != nil && !*in.Border, NoLastBorder: in.LastRowBorder != nil && !*in.LastRowBorder}
	for _, head := range in.Head {
		column, err := head.column()
		if err != nil {
			return nil, err
		}
		c.Columns = append(c.Columns, column)
	}
	for _, row := range in.Rows {
		var cells []Cell
		for _, cell := range row {
			cells = append(cells, cell.cell())
		}
		c.Rows = append(c.Rows, cells)
	}
	return c, nil
}
