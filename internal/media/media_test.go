package media

import (
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"myclothes/internal/fault"
)

func TestOnlyPicturesOfTheFolderAreServed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.svg"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Put("1/navy.svg", []byte("<svg/>")); err != nil {
		t.Fatal(err)
	}
	if err := f.Put("../out.svg", []byte("x")); err == nil {
		t.Error("wrote outside the folder")
	}
	os.WriteFile(filepath.Join(dir, "media", "notes.txt"), []byte("notes"), 0o600)
	os.Symlink(filepath.Join(dir, "secret.svg"), filepath.Join(dir, "media", "link.svg"))

	w := httptest.NewRecorder()
	if err := f.Serve(w, httptest.NewRequest("GET", "/", nil), "1/navy.svg"); err != nil || w.Body.String() != "<svg/>" || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("picture: %v %q %v", err, w.Body, w.Header())
	}
	for _, name := range []string{"../secret.svg", "1/../../secret.svg", "/etc/passwd.svg", "link.svg", "notes.txt", "1", "", "none.svg", "a\x00.svg", `..\secret.svg`} {
		w := httptest.NewRecorder()
		if err := f.Serve(w, httptest.NewRequest("GET", "/", nil), name); !errors.Is(err, fault.NoSuchPage) || w.Body.Len() > 0 {
			t.Errorf("%q: %v, %q", name, err, w.Body)
		}
	}
}
