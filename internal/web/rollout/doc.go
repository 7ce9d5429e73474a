// Package rollout has the page of the step Do: the rollouts that a reader may
// see, by programme, and what the shelves say about this step. A reader whose
// role sees no rollouts gets the shelves alone, not an error. It also has the
// pages of single programmes and rollouts, and the forms that change them.
package rollout
