// Package draw makes flat garment drawings (도식화) as small standalone SVG pictures: a front view of one article on a
// quiet studio ground, in portrait 4:5.
//
// A drawing is a pure function of its Spec: the same Spec gives the same bytes on every machine. It holds no script, no
// text and no reference outside itself, so it may be served as it is and shown by <img>.
package draw

// Kind is what article is drawn.
type Kind string

// The articles. Those of one line share their geometry and differ in build.
const (
	Tee, Shirt, Knit, Cardigan, Vest   Kind = "tee", "shirt", "knit", "cardigan", "vest"
	Sweatshirt, Hoodie                 Kind = "sweatshirt", "hoodie"
	Jacket, Blazer, Puffer, Coat       Kind = "jacket", "blazer", "puffer", "coat"
	Slacks, Jeans, Shorts              Kind = "slacks", "jeans", "shorts"
	Skirt, PleatedSkirt, Dress, Slip   Kind = "skirt", "pleated-skirt", "dress", "slip"
	Sneakers, Runners, HighTops        Kind = "sneakers", "runners", "high-tops"
	Loafers, TasselLoafers             Kind = "loafers", "tassel-loafers"
	Chelsea, LaceBoots, RainBoots      Kind = "chelsea", "lace-boots", "rain-boots"
	Tote, ShoulderBag, Crossbody, Pack Kind = "tote", "shoulder-bag", "crossbody", "pack"
	Cap, BucketHat, Beanie             Kind = "cap", "bucket-hat", "beanie"
	Belt, Scarf, Socks                 Kind = "belt", "scarf", "socks"
)

// Fit is how far the article stands off the body.
type Fit int

// From the narrowest to the widest. On trousers Relaxed tapers to the hem; on skirts and dresses wider means more flare.
const (
	Regular Fit = iota
	Slim
	Relaxed
	Wide
)

// Length is how far down the article reaches.
type Length int

// Of tops: waist, hip, thigh, knee or calf. Of skirts, dresses and coats: mini, knee, midi, maxi.
const (
	Hip Length = iota
	Crop
	Long
	Knee
	Maxi
)

// Collar is what closes the neck.
type Collar string

// The collars. The empty one is what the kind usually has.
const (
	Crew, VNeck, Turtle, Mock     Collar = "crew", "v", "turtle", "mock"
	Pointed, Band, Polo, PeterPan Collar = "pointed", "band", "polo", "peter-pan"
	Camp, Notched, Hood, NoCollar Collar = "camp", "notched", "hood", "none"
)

// Sleeve is how long the sleeves are.
type Sleeve int

// The sleeves.
const (
	LongSleeve Sleeve = iota
	ShortSleeve
	Sleeveless
)

// Closure is how the front opens.
type Closure string

// The closures. The empty one is what the kind usually has.
const (
	Closed, Buttons, HalfButtons  Closure = "closed", "buttons", "half-buttons"
	Zip, HalfZip, Double, Toggles Closure = "zip", "half-zip", "double", "toggles"
	Belted                        Closure = "belted" // buttons and a tied belt
)

// Pocket is what pockets are seen.
type Pocket string

// The pockets. The empty one is what the kind usually has.
const (
	NoPocket, Chest, ChestPair Pocket = "none", "chest", "chest-pair"
	Patch, Flap, Welt          Pocket = "patch", "flap", "welt"
	Kangaroo, Cargo            Pocket = "kangaroo", "cargo"
)

// Pattern is what is woven, knitted or printed.
type Pattern string

// The patterns. The empty one is plain.
const (
	Plain, Stripe, Pinstripe, Check Pattern = "", "stripe", "pinstripe", "check"
	Dot, Rib, Cable, Herringbone    Pattern = "dot", "rib", "cable", "herringbone"
	Twill, Cord, Quilt, Floral      Pattern = "twill", "cord", "quilt", "floral"
)

// Spec says what to draw. Only Kind and Color are needed. Members that an article does not have are ignored.
type Spec struct {
	Kind    Kind
	Fit     Fit
	Length  Length
	Collar  Collar
	Sleeve  Sleeve
	Closure Closure
	Pocket  Pocket
	Pattern Pattern
	Color   string // "#1b2a49"; anything else is drawn mid-grey
	Accent  string // of the pattern, the sole, the trim; empty: derived from Color
	Ground  string // tint of the background; empty: warm grey
}

// Garment draws s. An unknown Kind is drawn as a tee.
func Garment(s Spec) []byte {
	if articles[s.Kind] == nil {
		s.Kind = Tee
	}
	c := newCanvas(usual(s))
	articles[s.Kind](c)
	return c.finish()
}

var articles = map[Kind]func(*canvas){
	Tee: top, Shirt: top, Knit: top, Cardigan: top, Vest: top, Sweatshirt: top, Hoodie: top,
	Jacket: top, Blazer: top, Puffer: top, Coat: top, Dress: dress, Slip: slip,
	Slacks: trousers, Jeans: trousers, Shorts: trousers, Skirt: skirt, PleatedSkirt: skirt,
	Sneakers: pair(sneaker), Runners: pair(runner), HighTops: pair(highTop),
	Loafers: pair(loafer), TasselLoafers: pair(loafer),
	Chelsea: pair(chelsea), LaceBoots: pair(laceBoot), RainBoots: pair(rainBoot),
	Tote: tote, ShoulderBag: shoulderBag, Crossbody: crossbody, Pack: pack,
	Cap: ballCap, BucketHat: bucketHat, Beanie: beanie,
	Belt: belt, Scarf: scarf, Socks: socks,
}

// habits is what each kind has where its Spec says nothing. Exactly what may have a collar and sleeves is listed.
var habits = map[Kind]Spec{
	Tee:        {Collar: Crew},
	Shirt:      {Collar: Pointed, Closure: Buttons},
	Knit:       {Collar: Crew},
	Cardigan:   {Collar: VNeck, Closure: Buttons},
	Vest:       {Collar: VNeck},
	Sweatshirt: {Collar: Crew},
	Hoodie:     {Collar: Hood, Pocket: Kangaroo},
	Jacket:     {Collar: Pointed, Closure: Buttons, Pocket: Welt},
	Blazer:     {Collar: Notched, Closure: Buttons, Pocket: Flap},
	Puffer:     {Collar: Mock, Closure: Zip, Pocket: Welt, Pattern: Quilt},
	Coat:       {Collar: Notched, Closure: Buttons, Pocket: Flap},
	Dress:      {Collar: Crew},
}

func usual(s Spec) Spec {
	h := habits[s.Kind]
	if s.Collar == "" {
		s.Collar = h.Collar
	}
	if s.Closure == "" {
		s.Closure = h.Closure
	}
	if s.Pocket == "" {
		s.Pocket = h.Pocket
	}
	if s.Pattern == "" {
		s.Pattern = h.Pattern
	}
	return s
}
