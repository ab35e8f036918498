package catalog

import (
	"cmp"
	"slices"
)

// Size is a label and its place in the scheme it belongs to, so that 3XL never sorts before L nor 110 before 95.
type Size struct {
	Label    string
	Position int
}

// Scheme is a way of naming sizes, in its order.
type Scheme []string

// The schemes of the Korean trade. 44 to 88 are women's, 85 to 110 men's chest in cm, Waist is in inches, shoes are in mm.
var (
	Alpha  = Scheme{"XS", "S", "M", "L", "XL", "2XL", "3XL"}
	Women  = Scheme{"44", "55", "66", "77", "88"}
	Men    = Scheme{"85", "90", "95", "100", "105", "110"}
	Waist  = Scheme{"24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "36", "38"}
	Shoes  = Scheme{"220", "225", "230", "235", "240", "245", "250", "255", "260", "265", "270", "275", "280", "285", "290", "295", "300"}
	OneFit = Scheme{"FREE"}
)

// Schemes are all of them by the name under which a category chooses one, in the order in which sizes of several are shown.
var Schemes = []struct {
	Name string
	Scheme
}{{"free", OneFit}, {"alpha", Alpha}, {"women", Women}, {"men", Men}, {"waist", Waist}, {"shoes", Shoes}}

// SchemeOf returns the scheme of that name.
func SchemeOf(name string) (Scheme, bool) {
	for _, s := range Schemes {
		if s.Name == name {
			return s.Scheme, true
		}
	}
	return nil, false
}

// CompareSizes orders labels of any schemes: by scheme, then within it; labels of none come last, by name.
func CompareSizes(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) }

func place(label string) int {
	for i, s := range Schemes {
		if j := slices.Index(s.Scheme, label); j >= 0 {
			return i*100 + j
		}
	}
	return len(Schemes) * 100
}

// Size returns the label with its place in the scheme. A label outside the scheme comes last.
func (s Scheme) Size(label string) Size {
	if i := slices.Index(s, label); i >= 0 {
		return Size{label, i}
	}
	return Size{label, len(s)}
}

// SortSizes puts sizes of one scheme in its order, unknown labels last and by name.
func SortSizes(sizes []Size) {
	slices.SortFunc(sizes, func(a, b Size) int {
		if a.Position != b.Position {
			return a.Position - b.Position
		}
		if a.Label < b.Label {
			return -1
		}
		return 1
	})
}
