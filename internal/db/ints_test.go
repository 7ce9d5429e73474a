package db_test

import (
	"math"
	"slices"
	"testing"

	"sir/internal/db"
	"sir/internal/db/dbtest"
)

func TestIntsTravelAsOneParameter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var table db.Ints
		rows := [][3]int64{{1, -2, 0}, {math.MaxInt64, math.MinInt64, 7}, {3, 3, 3}}
		for _, r := range rows {
			table.Add(r[:]...)
		}
		got, err := db.List(t.Context(), d, func(row db.Scanner) (r [3]int64, err error) {
			err = row.Scan(&r[0], &r[1], &r[2])
			return r, err
		}, `SELECT t.a, t.b, t.c FROM `+d.IntsAt(1, "a", "b", "c")+` t ORDER BY t.a`, table.Param())
		if err != nil || !slices.Equal(got, [][3]int64{rows[0], rows[2], rows[1]}) || table.Len() != 3 {
			t.Errorf("read back %v, %v", got, err)
		}
		var n int
		err = d.Row(t.Context(), `SELECT count(*) FROM `+d.IntsAt(1, "a")+` t WHERE t.a IN `+d.IntsAt(2, "b"),
			db.Column([]int64{1, 2, 3}).Param(), db.Column([]int64{2, 3, 4}).Param()).Scan(&n)
		if err != nil || n != 2 {
			t.Errorf("%d in both, %v; want 2", n, err)
		}
		var none db.Ints
		if err := d.Row(t.Context(), `SELECT count(*) FROM `+d.IntsAt(1, "a")+` t`, none.Param()).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows of none, %v", n, err)
		}
	})
}
