package ui

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"myclothes/internal/fault"
)

//go:embed static
var static embed.FS

// asset is a static file under a name that changes with its content.
type asset struct {
	name string // style.3f2a9c01.css
	kind string
	data []byte
}

var byPlain, byHashed = readAssets()

func readAssets() (plain, hashed map[string]asset) {
	plain, hashed = map[string]asset{}, map[string]asset{}
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		panic(err) // embedded: it is there or the program was not built
	}
	for _, e := range entries {
		data, err := static.ReadFile("static/" + e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(e.Name())
		a := asset{strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:4]) + ext, mime.TypeByExtension(ext), data}
		plain[e.Name()], hashed[a.name] = a, a
	}
	return plain, hashed
}

// Asset returns the address of a static file. An unknown name is a fault of the template, found when the site is made.
func Asset(name string) string {
	a, ok := byPlain[name]
	if !ok {
		panic("no such asset: " + name)
	}
	return "/static/" + a.name
}

// ServeAsset answers with the static file of that hashed name. A hash that this version does not know belongs to the version before or after it, whose page
// this instance was asked for in the middle of a deploy: the file of today is then better than none, and nobody may keep it.
func ServeAsset(w http.ResponseWriter, name string) error {
	a, ok := byHashed[name]
	if !ok {
		ext := path.Ext(name)
		a, ok = byPlain[strings.TrimSuffix(strings.TrimSuffix(name, ext), path.Ext(strings.TrimSuffix(name, ext)))+ext]
		w.Header().Set("Cache-Control", "no-store")
	}
	if !ok {
		return fault.NoSuchPage
	}
	w.Header().Set("Content-Type", a.kind)
	w.Write(a.data)
	return nil
}
