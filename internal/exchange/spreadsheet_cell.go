package exchange

// lastColumn is the last column of a sheet, XFD, counted from 0.
const lastColumn = 16_383

// columnLetters names a column, counted from 0, as a spreadsheet does: A, Z, AA.
func columnLetters(column int) string {
	var letters []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = append([]byte{byte('A' + (n-1)%26)}, letters...)
	}
	return string(letters)
}

// cellAt reads a reference such as D12: the column from 0, the row from 1. It answers false for anything else.
func cellAt(reference string) (column, row int, ok bool) {
	i := 0
	for ; i < len(reference) && reference[i] >= 'A' && reference[i] <= 'Z' && column <= lastColumn; i++ {
		column = column*26 + int(reference[i]-'A') + 1
	}
	column--
	digits := reference[i:]
	if i == 0 || column > lastColumn || len(digits) == 0 || len(digits) > 7 || digits[0] == '0' {
		return 0, 0, false
	}
	n, ok := plainDigits([]byte(digits))
	return column, int(n), ok && n <= 1_048_576
}
