package shell

// CleanText is what Field and Choice do to a value.
var CleanText = cleanText
