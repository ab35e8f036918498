package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// quarters is a picture whose corners are red, green, blue and white, from the upper left clockwise.
func quarters(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, [2][2]color.RGBA{{red, green}, {white, blue}}[2*y/h][2*x/w])
		}
	}
	return m
}

var (
	red, green  = color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}
	blue, white = color.RGBA{0, 0, 255, 255}, color.RGBA{255, 255, 255, 255}
)

func asJPEG(t *testing.T, m image.Image, app1 []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	if app1 == nil {
		return b.Bytes()
	}
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(app1)+2))
	return append(append(head, app1...), b.Bytes()[2:]...)
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// held is the Exif that a camera writes which was held in that orientation, with the place where the picture was taken.
func held(orientation byte) []byte {
	return append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0, 0, 0, 0, 0, 'G', 'P', 'S', '3', '7', '.', '5')
}

// bomb is a PNG that says it is of that size.
func bomb(w, h uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	ihdr = append(ihdr, 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), ihdr...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(ihdr))
}

func incoming(t *testing.T, files map[string][]byte) *Incoming {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	from, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	to, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { from.Close(); to.Close() })
	return &Incoming{From: from, To: to}
}

func TestPhotographsComeInThreeSizes(t *testing.T) {
	in := incoming(t, map[string][]byte{"a.jpg": asJPEG(t, quarters(1000, 1250), held(1)), "b.png": asPNG(t, image.NewNRGBA(image.Rect(0, 0, 300, 300)))})
	path, err := in.Add("a.jpg")
	if err != nil || !in.Has(path) {
		t.Fatalf("%q, %v", path, err)
	}
	for i, want := range []int{400, 800, 1000} {
		data, err := in.To.root.ReadFile(files(path)[i])
		if err != nil {
			t.Fatal(err)
		}
		cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || format != "jpeg" || cfg.Width != want || cfg.Height != want*5/4 {
			t.Errorf("size %d: %s %d × %d, %v", i, format, cfg.Width, cfg.Height, err)
		}
		if bytes.Contains(data, []byte("GPS")) || bytes.Contains(data, []byte("Exif")) {
			t.Errorf("size %d says where it was taken", i)
		}
	}
	if again, err := in.Add("a.jpg"); again != path || err != nil {
		t.Errorf("again: %q, %v", again, err)
	}
	clear, err := in.Add("b.png")
	if err != nil {
		t.Fatal(err)
	}
	data, _ := in.To.root.ReadFile(files(clear)[0])
	m, err := jpeg.Decode(bytes.NewReader(data))
	if r, g, b, _ := m.At(150, 150).RGBA(); err != nil || r>>8 < 250 || g>>8 < 250 || b>>8 < 250 {
		t.Errorf("a transparent picture is not on white: %d %d %d, %v", r>>8, g>>8, b>>8, err)
	}
}

// TestPhotographsStandUpright: for each orientation, what must come out at the upper left and the upper right.
func TestPhotographsStandUpright(t *testing.T) {
	want := map[byte][2]color.RGBA{1: {red, green}, 2: {green, red}, 3: {blue, white}, 4: {white, blue}, 5: {red, white}, 6: {white, red}, 7: {blue, green}, 8: {green, blue}}
	for o, corners := range want {
		m, err := decode(asJPEG(t, quarters(400, 240), held(o)))
		if err != nil {
			t.Fatal(err)
		}
		b := m.Bounds()
		for i, x := range []int{20, b.Dx() - 20} {
			r, g, bl, _ := m.At(b.Min.X+x, b.Min.Y+20).RGBA()
			c := corners[i]
			if near := func(a uint32, b uint8) bool { return int(a>>8)-int(b) < 40 && int(b)-int(a>>8) < 40 }; !near(r, c.R) || !near(g, c.G) || !near(bl, c.B) {
				t.Errorf("orientation %d, corner %d: %d %d %d, want %v", o, i, r>>8, g>>8, bl>>8, c)
			}
		}
	}
}

func TestWhatIsNoPhotographIsRefused(t *testing.T) {
	whole := asJPEG(t, quarters(400, 400), nil)
	in := incoming(t, map[string][]byte{
		"text.jpg": []byte("not a picture"), "empty.png": nil, "bomb.png": bomb(50_000, 50_000), "wide.png": bomb(200_000, 200_000), "tiny.png": asPNG(t, quarters(20, 20)),
		"cut.jpg": whole[:len(whole)/2], "svg.jpg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "gif.jpg": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
		"exif.jpg": append([]byte{0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff}, "Exif"...),
	})
	for name, want := range map[string]string{
		"text.jpg": "not a JPEG", "empty.png": "not a JPEG", "bomb.png": "50000 × 50000", "wide.png": "million fit", "tiny.png": "at least", "cut.jpg": "damaged", "svg.jpg": "not a JPEG",
		"gif.jpg": "not a JPEG", "exif.jpg": "not a JPEG", "none.jpg": "no such file", "../secret.jpg": "no such file",
	} {
		if path, err := in.Add(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v; want %q", name, path, err, want)
		}
	}
	if _, err := (&Incoming{To: in.To}).Add("a.jpg"); err == nil || !strings.Contains(err.Error(), "--pictures") {
		t.Errorf("without a folder: %v", err)
	}
}
