package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
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
	gzip []byte
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
		a := asset{strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:4]) + ext, mime.TypeByExtension(ext), data, packed(data)}
		plain[e.Name()], hashed[a.name] = a, a
	}
	return plain, hashed
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // a level that exists
	w.Write(data)
	w.Close()
	return b.Bytes()
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
func ServeAsset(w http.ResponseWriter, name string, asGzip bool) error {
	a, ok := byHashed[name]
	if !ok {
		ext := path.Ext(name)
		a, ok = byPlain[strings.TrimSuffix(strings.TrimSuffix(name, ext), path.Ext(strings.TrimSuffix(name, ext)))+ext]
		w.Header().Set("Cache-Control", "no-store")
	}
	if !ok {
		return fault.NoSuchPage
	}
	h, data := w.Header(), a.data
	h.Set("Content-Type", a.kind)
	h.Set("Vary", "Accept-Encoding")
	if asGzip {
		data = a.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.Write(data)
	return nil
}
