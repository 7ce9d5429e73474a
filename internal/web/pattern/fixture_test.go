package pattern_test

// allConditions are the conditions of the demonstration's case set.
const allConditions = "EXPLICIT,NONDELAY,ADOPT,EXP,PILOT,PHARMA,CHAMP,SENIOR,CCG,INTERSECT,NETWORK,PPI"
