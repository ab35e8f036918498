package demo

import "myclothes/internal/lang"

// care is how a kind of material wants to be washed or kept.
type care int

const (
	machine care = iota
	gentle
	wool
	dry
	downy
	hide
	napped
	wipe
	rinse
)

var cares = []lang.Text{
	machine: t("30℃ 이하 물로 세탁기 사용, 뒤집어서 비슷한 색끼리 세탁, 건조기 사용 금지", "Machine wash inside out at 30 °C with like colours; do not tumble dry"),
	gentle:  t("30℃ 이하 물로 중성 세제를 써서 단독 손세탁, 그늘에 뉘어 건조", "Hand wash separately at 30 °C with a mild detergent; dry flat in the shade"),
	wool:    t("울 전용 세제로 찬물 손세탁 또는 드라이클리닝, 비틀어 짜지 말 것, 뉘어서 건조", "Hand wash cold with wool detergent or dry clean; do not wring, dry flat"),
	dry:     t("드라이클리닝, 다림질할 때는 얇은 천을 덮을 것", "Dry clean; iron through a thin cloth"),
	downy:   t("중성 세제로 단독 손세탁, 드라이클리닝 금지, 말린 뒤 두드려 충전재를 펴 줄 것", "Hand wash separately with a mild detergent, never dry clean; tap the filling loose once dry"),
	hide:    t("물에 젖으면 마른 천으로 닦아 그늘에서 말리고 가죽 전용 크림으로 관리", "Blot dry, keep out of the sun and care with leather cream"),
	napped:  t("스웨이드 솔로 결을 따라 털어 주고 물과 기름을 피할 것", "Brush along the nap; keep away from water and oil"),
	wipe:    t("미지근한 물에 적신 천으로 닦고 직사광선을 피해 보관", "Wipe with a damp cloth and store away from sunlight"),
	rinse:   t("흐르는 물로 씻고 그늘에서 말릴 것, 불과 난로 가까이 두지 말 것", "Rinse, dry in the shade and keep away from stoves"),
}

// fabrics are the materials by the word that the tables use.
var fabrics = map[string]struct {
	name lang.Text
	care care
}{
	"cotton":        {t("면 100%", "Cotton 100%"), machine},
	"cotton-span":   {t("면 95%, 폴리우레탄 5%", "Cotton 95%, elastane 5%"), machine},
	"cotton-poly":   {t("면 60%, 폴리에스터 40%", "Cotton 60%, polyester 40%"), machine},
	"cotton-wool":   {t("면 50%, 울 50%", "Cotton 50%, wool 50%"), gentle},
	"denim":         {t("면 100% (데님)", "Cotton 100% (denim)"), machine},
	"denim-span":    {t("면 98%, 폴리우레탄 2% (데님)", "Cotton 98%, elastane 2% (denim)"), machine},
	"linen":         {t("리넨 100%", "Linen 100%"), gentle},
	"linen-cotton":  {t("리넨 55%, 면 45%", "Linen 55%, cotton 45%"), gentle},
	"modal":         {t("모달 95%, 폴리우레탄 5%", "Modal 95%, elastane 5%"), machine},
	"tencel":        {t("리오셀(텐셀) 100%", "Lyocell (Tencel) 100%"), gentle},
	"rayon":         {t("레이온 100%", "Rayon 100%"), gentle},
	"viscose-nylon": {t("비스코스 80%, 나일론 20%", "Viscose 80%, nylon 20%"), gentle},
	"poly":          {t("폴리에스터 100%", "Polyester 100%"), machine},
	"poly-rayon":    {t("폴리에스터 65%, 레이온 32%, 폴리우레탄 3%", "Polyester 65%, rayon 32%, elastane 3%"), gentle},
	"nylon":         {t("나일론 100%", "Nylon 100%"), machine},
	"fleece":        {t("폴리에스터 100% (플리스)", "Polyester 100% (fleece)"), machine},
	"wool":          {t("울 100%", "Wool 100%"), wool},
	"wool-poly":     {t("울 70%, 폴리에스터 30%", "Wool 70%, polyester 30%"), dry},
	"wool-nylon":    {t("울 60%, 나일론 40%", "Wool 60%, nylon 40%"), wool},
	"wool-cashmere": {t("울 90%, 캐시미어 10%", "Wool 90%, cashmere 10%"), dry},
	"tweed":         {t("아크릴 45%, 울 35%, 폴리에스터 20%", "Acrylic 45%, wool 35%, polyester 20%"), dry},
	"merino":        {t("메리노 울 100%", "Merino wool 100%"), wool},
	"lambswool":     {t("램스울 100%", "Lambswool 100%"), wool},
	"cashmere":      {t("캐시미어 100%", "Cashmere 100%"), wool},
	"alpaca":        {t("알파카 40%, 울 35%, 나일론 25%", "Alpaca 40%, wool 35%, nylon 25%"), wool},
	"acrylic-wool":  {t("아크릴 60%, 울 40%", "Acrylic 60%, wool 40%"), gentle},
	"silk":          {t("실크 100%", "Silk 100%"), dry},
	"goose":         {t("겉감 나일론 100%, 충전재 거위 솜털 80%·깃털 20%", "Shell nylon 100%, filling goose down 80%, feather 20%"), downy},
	"duck":          {t("겉감 나일론 100%, 충전재 오리 솜털 80%·깃털 20%", "Shell nylon 100%, filling duck down 80%, feather 20%"), downy},
	"calf":          {t("천연 소가죽", "Cow leather"), hide},
	"sheep":         {t("천연 양가죽", "Lambskin"), hide},
	"suede":         {t("소가죽 스웨이드", "Cow suede"), napped},
	"eco":           {t("합성가죽(폴리우레탄)", "Polyurethane leather"), wipe},
	"canvas":        {t("면 100% (캔버스)", "Cotton 100% (canvas)"), wipe},
	"mesh":          {t("폴리에스터 메시, 합성가죽", "Polyester mesh, synthetic leather"), wipe},
	"rubber":        {t("천연고무", "Natural rubber"), rinse},
	"raffia":        {t("라피아 100%", "Raffia 100%"), wipe},
	"webbing":       {t("폴리에스터 70%, 고무 20%, 소가죽 10%", "Polyester 70%, rubber 20%, cow leather 10%"), wipe},
	"sock-cotton":   {t("면 78%, 폴리에스터 19%, 폴리우레탄 3%", "Cotton 78%, polyester 19%, elastane 3%"), machine},
	"sock-wool":     {t("울 55%, 나일론 42%, 폴리우레탄 3%", "Wool 55%, nylon 42%, elastane 3%"), gentle},
}
