// Package media keeps the shop's pictures in a folder and serves them.
package media

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"myclothes/internal/fault"
)

// Folder is a folder of pictures. Nothing outside it can be reached through it: the operating system itself refuses paths and
// links that lead out.
type Folder struct{ root *os.Root }

// Open opens the folder, making it if it is missing.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	return &Folder{root}, err
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Put writes a picture under its path, whole or not at all.
func (f *Folder) Put(name string, data []byte) error {
	name = filepath.FromSlash(name)
	if err := f.root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if err := f.root.WriteFile(name+".part", data, 0o644); err != nil {
		return err
	}
	return f.root.Rename(name+".part", name)
}

// types of the pictures the shop serves; nothing else is, whatever lies in the folder.
var types = map[string]string{".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}

// Serve answers with the picture of that path, or fault.NoSuchPage. An SVG opened by itself may not run anything.
func (f *Folder) Serve(w http.ResponseWriter, r *http.Request, name string) error {
	kind, ok := types[strings.ToLower(path.Ext(name))]
	if !ok || !fs.ValidPath(name) {
		return fault.NoSuchPage
	}
	file, err := f.root.Open(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return fault.NoSuchPage
	}
	if err != nil {
		return fault.NoSuchPage.Because("%w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return fault.NoSuchPage.Because("%v", err)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	http.ServeContent(w, r, name, info.ModTime(), file)
	return nil
}
