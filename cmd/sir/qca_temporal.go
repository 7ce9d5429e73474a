package main

import (
	"fmt"
	"slices"

	"sir/qca"
)

type qcaTemporalCommand struct {
	Events []string `required:"" placeholder:"A,B" help:"Columns that say when an event took place (a year, a day, a place in an order), or - where it did not."`
	qcaMinimizeCommand
}

func (qcaTemporalCommand) Help() string {
	return `Example:
  sir qca temporal dates.csv --outcome ADOPTED --events TRAIN,LAUNCH --solution parsimonious

Each event becomes a condition, 1 where it took place, and each two events A and B a condition
A_BEFORE_B, which does not matter where not both took place. With --conditions name the others to use;
the orders of the events among them are added. All flags of sir qca minimize apply.`
}

func (c qcaTemporalCommand) Run(env *environment) error {
	table, err := c.table()
	if err != nil {
		return err
	}
	if len(c.Events) < 2 {
		return inputError{fmt.Errorf("--events: %s, which has no order; name at least two", counted(len(c.Events), "event", "events"))}
	}
	before := table.Columns()
	if table, err = table.WithOrder(c.Events); err != nil {
		return inputError{fmt.Errorf("--events: %w", err)}
	}
	if len(c.Conditions) > 0 {
		c.Conditions = append(c.Conditions, c.missing(table, before)...)
	}
	return c.run(env, table)
}

// missing are the events and their orders that --conditions does not name.
func (c qcaTemporalCommand) missing(table *qca.Table, before []string) []string {
	added := append(slices.Clone(c.Events), table.Others(before...)...)
	return slices.DeleteFunc(added, func(name string) bool { return slices.Contains(c.Conditions, name) })
}
