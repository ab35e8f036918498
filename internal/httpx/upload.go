package httpx

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"myclothes/internal/fault"
)

// ParseUpload is ParseForm for a form that may hold a small file, of at most MaxBody bytes together. It returns the file's bytes; nil where none was chosen.
func ParseUpload(w http.ResponseWriter, r *http.Request, name string) ([]byte, error) {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "multipart/form-data" {
		return nil, ParseForm(w, r)
	}
	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	var large *http.MaxBytesError
	switch err := r.ParseMultipartForm(MaxBody); {
	case errors.As(err, &large):
		return nil, fault.TooLarge
	case err != nil:
		return nil, fault.BadRequest.Because("%w", err)
	}
	defer r.MultipartForm.RemoveAll()
	f, _, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.BadRequest.Because("%w", err)
	}
	defer f.Close()
	return io.ReadAll(f)
}
