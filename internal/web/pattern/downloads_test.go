package pattern_test

import (
	"slices"
	"strings"
	"testing"
)

func TestFilesHoldWhatThePagesShow(t *testing.T) {
	v := evaluator(t)
	tests := []struct {
		file string
		rows int // without the header
		has  []string
	}{
		{"cases.csv", 15, []string{"1,0,1,0,1,0,0,0,1,0,1,1,1,1", "15,1,0,1,0,0,1,1,1,1,0,1,1,1"}},
		{"conditions.csv", 13, nil},
		{"screening.csv", 12*3 + 4, []string{"variation,NONDELAY,kept,4,15,>= 1/3,fail,", "variation,EXP,dropped,6,15,>= 1/3,pass,"}},
		{"screening.csv?inequality=%3E", 12*3 + 4, []string{"variation,PHARMA,kept,5,15,> 1/3,fail,"}},
		{"truth-table.csv", 10, []string{"16,1,1,1,1,1,3,6 13 14", "10,1,0,0,1,0,3,5 7 11"}},
		{"truth-table.csv?conditions=CCG", 2, []string{",C,"}},
		{"solutions.csv", 3, []string{"success,1,NONDELAY*PHARMA,1,1,1,1,1,0,true,", "failure,1,~NONDELAY,0.5,0.375,1,1,1,6,true,1 2 3 12"}},
		{"solutions.csv?conditions=" + allConditions, 5 + 4, []string{"success,2,PILOT*CHAMP,1,1,1,1,1,1018,false,", "failure,2,~PILOT,"}},
		{"assumptions.csv", 6, []string{"failure,1,1,~NONDELAY*~ADOPT*~PHARMA*~INTERSECT"}},
		{"assumptions.csv?solution=conservative", 0, nil},
		{"prime-implicants.csv?conditions=" + allConditions, 85 + 19, []string{"success,PILOT*CHAMP,In 1 of 5"}},
		{"necessity.csv", 16, []string{"success,NONDELAY,1,"}},
		{"rivals.csv", 20 + 10, []string{"success,PILOT*CHAMP,2,0,1,10,45,1,1,false,PILOT CHAMP", "failure,~NONDELAY + ~PHARMA,2,0,1,10,45,1,1,true,"}},
		{"rivals.csv?conditions=PILOT,CHAMP&max=4", 2, []string{"success,PILOT*CHAMP,2,0,1,0,0,"}},
	}
	for _, test := range tests {
		rows := download(t, v, "/explain/tcam/"+test.file)
		if len(rows)-1 != test.rows {
			t.Errorf("%s has %d rows, want %d", test.file, len(rows)-1, test.rows)
		}
		for _, has := range test.has {
			if !slices.ContainsFunc(rows, func(row []string) bool { return strings.Contains(strings.Join(row, ","), has) }) {
				t.Errorf("%s has no row with %q", test.file, has)
			}
		}
	}
	if notes := download(t, v, "/explain/tcam/notes.csv"); len(notes) < 150 || notes[1][0] != "1" {
		t.Errorf("notes.csv has %d rows", len(notes))
	}
}
