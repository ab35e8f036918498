package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// maxSize is how many bytes a drawing of any Spec may have, however unlikely; package demo holds its own to less.
const maxSize = 14 << 10

var (
	kinds    = kindsOf()
	collars  = []Collar{"", Crew, VNeck, Turtle, Mock, Pointed, Band, Polo, PeterPan, Camp, Notched, Hood, NoCollar, Shawl}
	closures = []Closure{"", Closed, Buttons, HalfButtons, Zip, HalfZip, Double, Toggles, Belted}
	pockets  = []Pocket{"", NoPocket, Chest, ChestPair, Patch, Flap, Welt, Kangaroo, Cargo}
	cloths   = []Pattern{Plain, Stripe, Pinstripe, Check, Dot, Rib, Cable, Herringbone, Twill, Cord, Quilt, Floral}
)

func kindsOf() []Kind {
	return []Kind{Tee, Shirt, Blouse, Knit, Cardigan, Vest, Sweatshirt, Hoodie, Jacket, Blazer, Puffer, Coat, Trench, Slacks, Chinos, Jeans,
		Joggers, Shorts, Skirt, PleatedSkirt, Dress, Slip, Jumpsuit, Pajamas, Robe, Sneakers, Runners, HighTops, SlipOns, Loafers, TasselLoafers,
		Derbies, Pumps, Flats, Sandals, Mules, Chelsea, LaceBoots, RainBoots, LongBoots, Tote, ShoulderBag, Crossbody, Pack, BoxBag, BucketBag,
		Clutch, Wallet, CardHolder, Cap, BucketHat, Beanie, Beret, Belt, Scarf, Gloves, Tie, Socks}
}

func anySpec(t *rapid.T) Spec {
	hex := rapid.StringMatching(`#[0-9a-f]{6}`)
	return Spec{
		Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Fit: Fit(rapid.IntRange(0, 3).Draw(t, "fit")),
		Length: Length(rapid.IntRange(0, 4).Draw(t, "length")), Collar: rapid.SampledFrom(collars).Draw(t, "collar"),
		Sleeve: Sleeve(rapid.IntRange(0, 2).Draw(t, "sleeve")), Closure: rapid.SampledFrom(closures).Draw(t, "closure"),
		Pocket: rapid.SampledFrom(pockets).Draw(t, "pocket"), Pattern: rapid.SampledFrom(cloths).Draw(t, "pattern"),
		Trait: rapid.Uint8Range(0, 9).Draw(t, "trait"), View: View(rapid.IntRange(0, 2).Draw(t, "view")),
		Color: hex.Draw(t, "color"), Accent: rapid.OneOf(rapid.Just(""), hex).Draw(t, "accent"), Ground: rapid.OneOf(rapid.Just(""), hex).Draw(t, "ground"),
	}
}

// TestAnySpecGivesSafePicture is the promise of the package for every combination, believable or not.
func TestAnySpecGivesSafePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		svg := Garment(anySpec(t))
		if err := safe(svg); err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
	})
}

var (
	elements = map[string]bool{"svg": true, "defs": true, "g": true, "path": true, "circle": true, "ellipse": true, "clipPath": true,
		"pattern": true, "filter": true, "feDropShadow": true, "feGaussianBlur": true, "linearGradient": true, "radialGradient": true, "stop": true}
	reference = regexp.MustCompile(`url\(#([a-z0-9]+)\)`)
	defect    = regexp.MustCompile(`NaN|Inf|%!|-?\d{5,}`)
)

// safe reads the whole document: only drawing elements, no words, every reference to an id of its own.
func safe(svg []byte) error { return safeWithin(svg, maxSize) }

func safeWithin(svg []byte, size int) error {
	if len(svg) > size {
		return errors.New("too large")
	}
	ids := map[string]bool{}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if err := safeToken(token, ids); err != nil {
			return err
		}
	}
	for _, m := range reference.FindAllSubmatch(svg, -1) {
		if !ids[string(m[1])] {
			return errors.New("no such id: " + string(m[1]))
		}
	}
	return nil
}

func safeToken(token xml.Token, ids map[string]bool) error {
	switch x := token.(type) {
	case xml.StartElement:
		if !elements[x.Name.Local] {
			return errors.New("element " + x.Name.Local)
		}
		return safeAttributes(x.Attr, ids)
	case xml.CharData:
		if strings.TrimSpace(string(x)) != "" {
			return errors.New("holds text")
		}
	case xml.Directive, xml.ProcInst:
		return errors.New("holds a directive")
	}
	return nil
}

func safeAttributes(attrs []xml.Attr, ids map[string]bool) error {
	for _, a := range attrs {
		if a.Name.Local == "id" {
			if ids[a.Value] {
				return errors.New("id twice: " + a.Value)
			}
			ids[a.Value] = true
		}
		if a.Name.Local == "href" || strings.HasPrefix(a.Name.Local, "on") || defect.MatchString(a.Value) && !strings.HasPrefix(a.Value, "#") {
			return errors.New("attribute " + a.Name.Local + "=" + a.Value)
		}
	}
	return nil
}

func TestSameSpecSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t)
		if !bytes.Equal(Garment(s), Garment(s)) {
			t.Fatalf("%+v is drawn in two ways", s)
		}
	})
}

func TestKindsDiffer(t *testing.T) {
	if len(kinds) != len(articles) {
		t.Errorf("%d kinds are tested, %d are drawn", len(kinds), len(articles))
	}
	seen := map[string]Kind{}
	for _, k := range kinds {
		svg := string(Garment(Spec{Kind: k, Color: "#4d6f9c"}))
		if other, ok := seen[svg]; ok {
			t.Errorf("%s looks like %s", k, other)
		}
		seen[svg] = k
	}
}

func TestViewsDiffer(t *testing.T) {
	for _, k := range kinds {
		seen := map[string]View{}
		for _, v := range []View{Front, Back, Detail} {
			svg := string(Garment(Spec{Kind: k, View: v, Color: "#4d6f9c"}))
			if other, ok := seen[svg]; ok {
				t.Errorf("%s looks the same in views %d and %d", k, v, other)
			}
			seen[svg] = v
		}
	}
}

// TestCloseUpIsWithinThePicture holds every close-up to the drawn ground and to its portrait 4:5.
func TestCloseUpIsWithinThePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t)
		s.View = Detail
		var x, y, w, h float64
		svg := string(Garment(s))
		_, err := fmt.Sscanf(svg[strings.Index(svg, `viewBox="`)+9:], "%g %g %g %g", &x, &y, &w, &h)
		if err != nil || x < 0 || y < 0 || x+w > 801 || y+h > 1001 || w < 200 || h < w*1.24 || h > w*1.26 {
			t.Fatalf("%g %g %g %g: %v of %+v", x, y, w, h, err, s)
		}
	})
}

func TestStillLifeIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Still{Width: 1600, Height: 900, Ground: "#d9d2c6", Shape: "#c9bfae"}
		for range rapid.IntRange(0, 3).Draw(t, "pieces") {
			s.Pieces = append(s.Pieces, Piece{Spec: anySpec(t), X: 400, Y: 500, Scale: .5, Turn: 4})
		}
		svg := StillLife(s)
		if err := safeWithin(svg, maxSize*4); err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		if !bytes.Equal(svg, StillLife(s)) {
			t.Fatal("drawn in two ways")
		}
	})
}

func TestWhiteIsSeenOnItsGround(t *testing.T) {
	edge := tonesOf(parse("#ffffff")).line
	if contrast := (warm.light() + .05) / (edge.light() + .05); contrast < 1.4 {
		t.Errorf("the outline of white cloth stands out by only %.2f", contrast)
	}
}

func TestSeamsAreSeen(t *testing.T) {
	for _, hex := range []string{"#000000", "#202125", "#26304a", "#7d7a5c", "#f7f6f2", "#ffffff"} {
		x := tonesOf(parse(hex))
		if d := x.base.light() - x.seam.light(); d < .08 && d > -.08 {
			t.Errorf("seams on %s differ by only %.3f", hex, d)
		}
	}
}

func TestReverseIsItsOwnInverse(t *testing.T) {
	p := at(1, 2).to(3, 4).quad(5, 6, 7, 8).cubic(9, 10, 11, 12, 13, 14)
	if got := p.reverse().reverse().open(); got != p.open() {
		t.Errorf("%s, want %s", got, p.open())
	}
	if p.reverse().end() != p.start {
		t.Error("the reverse does not end where the path starts")
	}
}

func TestUnknownColorIsGrey(t *testing.T) {
	for _, hex := range []string{"", "red", "#12345", "#gggggg"} {
		if parse(hex) != parse("#8c8a86") {
			t.Errorf("parse(%q) = %v", hex, parse(hex))
		}
	}
}
