// Package draw makes flat garment drawings (도식화) as small standalone SVG pictures: one article from the front, from behind
// or in a close-up on a quiet studio ground, in portrait 4:5, and several of them together as a still life.
//
// A drawing is a pure function of its Spec: the same Spec gives the same bytes on every machine. It holds no script, no
// text and no reference outside itself, so it may be served as it is and shown by <img>.
package draw

// Kind is what article is drawn.
type Kind string

// The articles. Those of one line share their geometry and differ in build.
const (
	Tee, Shirt, Blouse, Knit, Cardigan, Vest Kind = "tee", "shirt", "blouse", "knit", "cardigan", "vest"
	Sweatshirt, Hoodie                       Kind = "sweatshirt", "hoodie"
	Jacket, Blazer, Puffer, Coat, Trench     Kind = "jacket", "blazer", "puffer", "coat", "trench"
	Slacks, Chinos, Jeans, Joggers, Shorts   Kind = "slacks", "chinos", "jeans", "joggers", "shorts"
	Skirt, PleatedSkirt, Dress, Slip         Kind = "skirt", "pleated-skirt", "dress", "slip"
	Jumpsuit, Pajamas, Robe                  Kind = "jumpsuit", "pajamas", "robe"
	Sneakers, Runners, HighTops, SlipOns     Kind = "sneakers", "runners", "high-tops", "slip-ons"
	Loafers, TasselLoafers, Derbies          Kind = "loafers", "tassel-loafers", "derbies"
	Pumps, Flats, Sandals, Mules             Kind = "pumps", "flats", "sandals", "mules"
	Chelsea, LaceBoots, RainBoots, LongBoots Kind = "chelsea", "lace-boots", "rain-boots", "long-boots"
	Tote, ShoulderBag, Crossbody, Pack       Kind = "tote", "shoulder-bag", "crossbody", "pack"
	BoxBag, BucketBag, Clutch                Kind = "box-bag", "bucket-bag", "clutch"
	Wallet, CardHolder                       Kind = "wallet", "card-holder"
	Cap, BucketHat, Beanie, Beret            Kind = "cap", "bucket-hat", "beanie", "beret"
	Belt, Scarf, Gloves, Tie, Socks          Kind = "belt", "scarf", "gloves", "tie", "socks"
)

// View is the side from which the article is seen.
type View int

// The views. Shoes show their heels from behind; a close-up shows the part that tells most of how the article is made.
const (
	Front View = iota
	Back
	Detail
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
	Shawl                         Collar = "shawl"
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
	Trait   uint8 // how it is constructed where that is a matter of taste: 0 the plainest, 1 to 7 as each line of articles has it
	View    View
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
	c.article()
	return c.finish()
}

var articles = map[Kind]func(*canvas){
	Tee: top, Shirt: top, Knit: top, Cardigan: top, Vest: top, Sweatshirt: top, Hoodie: top,
	Blouse: top, Jacket: top, Blazer: top, Puffer: top, Coat: top, Trench: top, Robe: top,
	Dress: dress, Slip: slip, Jumpsuit: jumpsuit, Pajamas: pajamas,
	Slacks: trousers, Chinos: trousers, Jeans: trousers, Joggers: trousers, Shorts: trousers, Skirt: skirt, PleatedSkirt: skirt,
	Sneakers: pair(sneaker), Runners: pair(runner), HighTops: pair(highTop), SlipOns: pair(slipOn),
	Loafers: pair(loafer), TasselLoafers: pair(loafer), Derbies: pair(derby),
	Pumps: pair(pump), Flats: pair(pump), Sandals: pair(sandal), Mules: pair(mule),
	Chelsea: pair(chelsea), LaceBoots: pair(laceBoot), RainBoots: pair(rainBoot), LongBoots: pair(longBoot),
	Tote: tote, ShoulderBag: shoulderBag, Crossbody: crossbody, Pack: pack,
	BoxBag: boxBag, BucketBag: bucketBag, Clutch: clutch, Wallet: wallet, CardHolder: cardHolder,
	Cap: turned(ballCap), BucketHat: turned(bucketHat), Beanie: turned(beanie), Beret: turned(beret),
	Belt: belt, Scarf: turned(scarf), Gloves: gloves, Tie: tie, Socks: turned(socks),
}

// habits is what each kind has where its Spec says nothing. Exactly what may have a collar and sleeves is listed.
var habits = map[Kind]Spec{
	Tee:        {Collar: Crew},
	Shirt:      {Collar: Pointed, Closure: Buttons},
	Blouse:     {Collar: Pointed, Closure: Buttons},
	Knit:       {Collar: Crew},
	Cardigan:   {Collar: VNeck, Closure: Buttons},
	Vest:       {Collar: VNeck},
	Sweatshirt: {Collar: Crew},
	Hoodie:     {Collar: Hood, Pocket: Kangaroo},
	Jacket:     {Collar: Pointed, Closure: Buttons, Pocket: Welt},
	Blazer:     {Collar: Notched, Closure: Buttons, Pocket: Flap},
	Puffer:     {Collar: Mock, Closure: Zip, Pocket: Welt, Pattern: Quilt},
	Coat:       {Collar: Notched, Closure: Buttons, Pocket: Flap},
	Trench:     {Collar: Notched, Closure: Double, Pocket: Welt},
	Robe:       {Collar: Shawl, Closure: Belted, Pocket: Patch},
	Dress:      {Collar: Crew},
	Jumpsuit:   {Collar: Crew},
	Pajamas:    {Collar: Camp, Closure: Buttons, Pocket: Chest},
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
