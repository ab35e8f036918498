package catalog

import (
	"strconv"
	"strings"

	"myclothes/internal/lang"
)

// PictureWidths are the sizes in which a photograph is kept, in pixels.
var PictureWidths = []int{400, 800, 1600}

// PictureFile returns the file of a picture that is about width pixels wide: a photograph (p/….jpg) is kept in several sizes, a drawing needs only one.
func PictureFile(path string, width int) string {
	stem, photo := PhotoStem(path)
	if !photo {
		return path
	}
	for _, w := range PictureWidths {
		if w >= width {
			return stem + "-" + strconv.Itoa(w) + ".jpg"
		}
	}
	return stem + "-" + strconv.Itoa(PictureWidths[len(PictureWidths)-1]) + ".jpg"
}

// PhotoStem returns a photograph's path without its ending, and whether it is one at all.
func PhotoStem(path string) (string, bool) {
	stem, ok := strings.CutSuffix(path, ".jpg")
	return stem, ok && strings.HasPrefix(path, "p/")
}

// Banner is an editorial picture that leads somewhere.
type Banner struct {
	Title, Text lang.Text
	Link        string // a path of the shop without language
	Wide, Tall  string // pictures of 16:9 for desks and 4:5 for phones
	Alt         lang.Text
}
