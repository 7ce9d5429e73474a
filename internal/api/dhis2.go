package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"sir/internal/adoption"
	"sir/internal/fault"
	"sir/internal/policy"
)

type dhis2Input struct {
	InCollection
	Condition
	DryRun
	Strategy string `query:"importStrategy" maxLength:"40" default:"CREATE_AND_UPDATE" doc:"CREATE_AND_UPDATE, the only one there is: values that differ are changed, and what stood there is kept."`
	Scheme   string `query:"idScheme" maxLength:"40" default:"code" doc:"code, the only one there is."`
	RawBody  []byte `contentType:"application/json"`
}

// DataValueSet is what DHIS2 sends: only the document needs it, since the
// content is read as it comes.
type DataValueSet struct {
	DataSet      string      `json:"dataSet,omitempty" doc:"Is not looked at: the address says which collection it is."`
	Period       string      `json:"period,omitempty" doc:"Of values that name none." example:"2018Q4"`
	OrgUnit      string      `json:"orgUnit,omitempty" doc:"Of values that name none."`
	CompleteDate string      `json:"completeDate,omitempty" format:"date" doc:"Is not kept: a return is complete once all that is required has come."`
	DataValues   []DataValue `json:"dataValues" nullable:"false"`
}

// DataValue is one value of it.
type DataValue struct {
	DataElement string `json:"dataElement" doc:"Code of the measure."`
	Period      string `json:"period,omitempty" doc:"Identifier of DHIS2." example:"2018Q4"`
	OrgUnit     string `json:"orgUnit,omitempty" doc:"Code of the site."`
	Combo       string `json:"categoryOptionCombo,omitempty" doc:"Only default: values that are broken down are not taken."`
	Value       string `json:"value" doc:"A whole number, or clear to take a value back. A blank changes nothing."`
}

const asJSON = "application/json"

// asDHIS2 leaves the content to the reader of data value sets, which reads a
// stream and tells conflicts by place.
func asDHIS2(op huma.Operation) huma.Operation {
	op.SkipValidateBody = true
	op.Responses = map[string]*huma.Response{"409": {Description: "Conflicts: nothing was taken, and the import summary lists them."}}
	return op
}

// describeDHIS2 says in the document what that reader reads, and that its
// conflicts come as an import summary.
func describeDHIS2(to huma.API) {
	op, schemas := to.OpenAPI().Paths[Prefix+"/programmes/{programme}/collections/{collection}/dataValueSets"].Post, to.OpenAPI().Components.Schemas
	op.RequestBody.Content[asJSON].Schema = schemas.Schema(reflect.TypeFor[DataValueSet](), true, "DataValueSet")
	op.Responses["409"].Content = map[string]*huma.MediaType{asJSON: {Schema: schemas.Schema(reflect.TypeFor[ImportSummary](), true, "ImportSummary")}}
}

// ImportSummary is what DHIS2 answers to a data value set.
type ImportSummary struct {
	HTTPStatus     string         `json:"httpStatus"`
	HTTPStatusCode int            `json:"httpStatusCode"`
	Status         string         `json:"status" enum:"OK,ERROR"`
	Message        string         `json:"message"`
	Response       ImportResponse `json:"response"`
	Receipt        *Receipt       `json:"receipt,omitempty" doc:"The same in the words of this API."`
}

// ImportResponse is the inner part of an import summary.
type ImportResponse struct {
	ResponseType string           `json:"responseType" enum:"ImportSummary"`
	Status       string           `json:"status" enum:"SUCCESS,ERROR"`
	ImportCount  ImportCount      `json:"importCount"`
	Conflicts    []ImportConflict `json:"conflicts" nullable:"false"`
}

// ImportCount counts values by what became of them.
type ImportCount struct {
	Imported int64 `json:"imported"`
	Updated  int64 `json:"updated"`
	Ignored  int64 `json:"ignored"`
	Deleted  int64 `json:"deleted"`
}

// ImportConflict is a value that cannot be taken.
type ImportConflict struct {
	Object  string `json:"object" doc:"What stands there."`
	Value   string `json:"value" doc:"What is wrong and what to do."`
	Indexes []int  `json:"indexes" nullable:"false" doc:"Which of the data values, from 0."`
}

type dhis2Output struct {
	Status int
	Body   ImportSummary
}

// sendDataValueSet takes what a DHIS2 would send. A set with conflicts is
// answered with 409 and an import summary, as DHIS2 does; all else that goes
// wrong is a problem.
func (a *API) sendDataValueSet(ctx context.Context, actor policy.Actor, in *dhis2Input) (*dhis2Output, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	file := adoption.File{Content: bytes.NewReader(in.RawBody), Size: int64(len(in.RawBody))}
	how := adoption.Sending{Source: "dhis2", Place: func(row int) string { return inDataValues(row, "") }}
	receipt, err := a.take(ctx, actor, in.InCollection, in.Condition, in.DryRun.DryRun, file, how)
	if err != nil && (receipt.Wrong == 0 || !errors.Is(err, fault.ErrInvalid)) {
		return nil, refusedSending(ctx, err, receipt, inDataValues)
	}
	if asked := askedIn(ctx); err != nil && asked != nil {
		asked.err = err
	}
	return summaryOf(receipt, in.DryRun.DryRun), nil
}

func (in *dhis2Input) check() error {
	switch {
	case !bytes.HasPrefix(bytes.TrimLeft(in.RawBody, "\ufeff \t\r\n"), []byte("{")):
		return fault.Invalid("The content is no data value set in JSON: send an object with a list dataValues.")
	case !strings.EqualFold(in.Strategy, "CREATE_AND_UPDATE"):
		return fault.Invalid("importStrategy %q is not to be had here, only CREATE_AND_UPDATE: values are added and changed, and a value is taken back by sending clear in its place.", clip(in.Strategy))
	case !strings.EqualFold(in.Scheme, "code"):
		return fault.Invalid("idScheme %q is not to be had here: data elements and organisation units go by their codes.", clip(in.Scheme))
	}
	return nil
}

// inDataValues turns the number of a value, from 1, into a place in the body.
func inDataValues(row int, column string) string {
	if row < 1 {
		return "body"
	}
	place := fmt.Sprintf("body.dataValues[%d]", row-1)
	if column != "" {
		place += "." + column
	}
	return place
}

func summaryOf(r adoption.FileReceipt, dry bool) *dhis2Output {
	receipt := receiptOf(r, dry, inDataValues)
	out := &dhis2Output{Status: http.StatusOK, Body: ImportSummary{
		HTTPStatus: "OK", HTTPStatusCode: http.StatusOK, Status: "OK", Message: "Import was successful.", Receipt: &receipt,
		Response: ImportResponse{
			ResponseType: "ImportSummary", Status: "SUCCESS", Conflicts: []ImportConflict{},
			ImportCount: ImportCount{Imported: r.Tally.Added, Updated: r.Tally.Changed, Ignored: r.Tally.Unchanged, Deleted: r.Tally.Cleared},
		},
	}}
	if r.Wrong == 0 {
		return out
	}
	out.Status = http.StatusConflict
	out.Body.HTTPStatus, out.Body.HTTPStatusCode, out.Body.Status = "Conflict", http.StatusConflict, "ERROR"
	out.Body.Message = "Nothing was taken: mend the conflicts and send all of it again."
	if r.Amiss != "" {
		out.Body.Message = "Nothing was taken: the data value set " + r.Amiss + "."
	}
	t := r.Tally
	out.Body.Response.Status = "ERROR"
	out.Body.Response.ImportCount = ImportCount{Ignored: t.Added + t.Changed + t.Cleared + t.Unchanged + int64(r.Wrong)}
	for _, c := range r.Conflicts {
		conflict := ImportConflict{Object: c.Value, Value: c.Reason, Indexes: []int{}}
		if c.Row > 0 {
			conflict.Indexes = append(conflict.Indexes, c.Row-1)
		}
		out.Body.Response.Conflicts = append(out.Body.Response.Conflicts, conflict)
	}
	return out
}

// checkType refuses a body that does not say that it is JSON: huma reads a raw
// one whatever it is called.
func checkType(r *http.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != asJSON {
		return errType
	}
	return nil
}

var errType = errors.New("the content is not called application/json")
