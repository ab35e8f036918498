package httpx

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"myclothes/internal/fault"
)

// MaxBody is the largest body that a form or a JSON document may have, in bytes.
const MaxBody = 64 << 10

// DecodeJSON reads exactly one JSON object into v. Anything else is refused: another content type, a larger body, an
// unknown member, a wrong type, something behind the object.
func DecodeJSON(w http.ResponseWriter, r *http.Request, v any) error {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return fault.WrongType.Saying("Content-Type은 application/json이어야 해요.", "The Content-Type must be application/json.")
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, MaxBody))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return badJSON(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fault.BadRequest.Saying("JSON 객체 하나만 보내 주세요.", "Send exactly one JSON object.").Because("after the object: %v", err)
	}
	return nil
}

func badJSON(err error) error {
	var large *http.MaxBytesError
	var wrong *json.UnmarshalTypeError
	var named *fault.Error
	switch {
	case errors.As(err, &named):
		return named
	case errors.As(err, &large):
		return fault.TooLarge
	case errors.As(err, &wrong):
		return fault.BadRequest.At(wrong.Field, "형식이 올바르지 않아요.", "This has the wrong type: "+wrong.Value+".").Because("%w", err)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fault.BadRequest.At(strings.Trim(name, `"`), "알 수 없는 항목이에요.", "This member is not known.").Because("%w", err)
	}
	return fault.BadRequest.Saying("JSON을 읽을 수 없어요.", "The JSON cannot be read.").Because("%w", err)
}

// ParseForm reads an ordinary form of at most MaxBody bytes.
func ParseForm(w http.ResponseWriter, r *http.Request) error {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/x-www-form-urlencoded" {
		return fault.WrongType
	}
	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	var large *http.MaxBytesError
	switch err := r.ParseForm(); {
	case errors.As(err, &large):
		return fault.TooLarge
	case err != nil:
		return fault.BadRequest.Because("%w", err)
	}
	return nil
}
