package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // registers the decoder
	"io"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"
	"golang.org/x/text/unicode/norm"

	"myclothes/internal/catalog"
)

// What a photograph may be. It is never enlarged: a size above its own holds it as it is. A picture of 40 million pixels takes 160 MB while it is worked on.
const (
	maxFile   = 30 << 20
	maxPixels = 40_000_000
	minSide   = 200
	quality   = 82
)

// Incoming takes photographs from one folder into another: in the sizes that pages need, turned upright, and without what the camera wrote into them.
type Incoming struct {
	From *os.Root // nil: there is no folder to take from
	To   *Folder
}

// Has reports whether path is a picture of the shop already.
func (in *Incoming) Has(path string) bool {
	for _, name := range files(path) {
		info, err := in.To.root.Stat(filepath.FromSlash(name))
		if err != nil || info.IsDir() {
			return false
		}
	}
	return true
}

// files returns the files that a picture consists of.
func files(path string) []string {
	if _, photo := catalog.PhotoStem(path); !photo {
		return []string{path}
	}
	var out []string
	for _, w := range catalog.PictureWidths {
		out = append(out, catalog.PictureFile(path, w))
	}
	return out
}

// Add makes the photograph of that name a picture of the shop and returns its path. The same content has the same path and is worked on once.
func (in *Incoming) Add(name string) (string, error) {
	if in.From == nil {
		return "", errors.New("is not in the shop, and no folder of pictures was named (--pictures)")
	}
	data, err := in.read(name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	path := "p/" + hex.EncodeToString(sum[:12]) + ".jpg"
	if in.Has(path) {
		return path, nil
	}
	photo, err := decode(data)
	if err != nil {
		return "", err
	}
	for i, name := range files(path) {
		if err := in.To.Put(name, encode(photo, catalog.PictureWidths[i])); err != nil {
			return "", err
		}
	}
	return path, nil
}

func (in *Incoming) read(name string) ([]byte, error) {
	f, err := in.From.Open(filepath.FromSlash(name))
	if err != nil {
		f, err = in.From.Open(filepath.FromSlash(norm.NFD.String(name))) // as macOS writes Hangul
	}
	if err != nil {
		return nil, errors.New("there is no such file in the folder of pictures")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, errors.New("cannot be read: " + err.Error())
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("is larger than %d MB", maxFile>>20)
	}
	return data, nil
}

// decode reads a JPEG or PNG and turns it upright. Its size is looked at before anything is unpacked.
func decode(data []byte) (image.Image, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || (format != "jpeg" && format != "png") {
		return nil, errors.New("is not a JPEG or PNG picture")
	}
	if cfg.Width*cfg.Height > maxPixels || cfg.Width > maxPixels || cfg.Height > maxPixels {
		return nil, fmt.Errorf("is %d × %d pixels; at most %d million fit", cfg.Width, cfg.Height, maxPixels/1_000_000)
	}
	if cfg.Width < minSide || cfg.Height < minSide {
		return nil, fmt.Errorf("is %d × %d pixels; at least %d each way are needed", cfg.Width, cfg.Height, minSide)
	}
	photo, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("is damaged: " + err.Error())
	}
	return upright(photo, orientation(data)), nil
}

// encode returns the picture at that width at the most, on white where it is transparent. A JPEG that Go writes holds no metadata.
func encode(photo image.Image, width int) []byte {
	b := photo.Bounds()
	w := min(width, b.Dx())
	h := max(1, b.Dy()*w/b.Dx())
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(small, small.Bounds(), photo, b, draw.Over, nil)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // into memory, of a size that fits
	}
	return out.Bytes()
}

// orientation returns how a camera held the picture (TIFF tag 0x0112 in the Exif of a JPEG), 1 to 8; 1 where nothing says so.
func orientation(data []byte) int {
	tiff := exif(data)
	if len(tiff) < 14 {
		return 1
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	for i := range int(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if n := int(order.Uint16(tiff[entry+8:])); n >= 1 && n <= 8 {
				return n
			}
		}
	}
	return 1
}

// exif returns the TIFF block of a JPEG's Exif segment; nil without one.
func exif(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		return nil
	}
	for at := 2; at+4 <= len(data) && data[at] == 0xff && data[at+1] != 0xda; {
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		end := at + 2 + size
		if size < 2 || end > len(data) {
			return nil
		}
		if rest, ok := bytes.CutPrefix(data[at+4:end], []byte("Exif\x00\x00")); ok && data[at+1] == 0xe1 {
			return rest
		}
		at = end
	}
	return nil
}

// upright turns and mirrors a picture that was taken in that orientation.
func upright(src image.Image, orientation int) image.Image {
	if orientation == 1 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := source(orientation, x, y, b.Dx(), b.Dy())
			out.Set(x, y, src.At(b.Min.X+sx, b.Min.Y+sy))
		}
	}
	return out
}

// source returns which pixel of a picture of w × h stands at x, y when it is upright.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x
}
