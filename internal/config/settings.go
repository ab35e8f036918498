// Package config holds the shop's settings: one struct per concern, each setting a flag and an environment variable of the same
// name (--cart-home, MYCLOTHES_CART_HOME), checked together so that an operator learns of every problem at once.
package config

import (
	"time"

	"myclothes/internal/money"
)

// Prefix begins every environment variable.
const Prefix = "MYCLOTHES"

// Settings are all of them. Struct tags are for the command line parser; secret:"true" hides a value wherever settings are shown.
type Settings struct {
	Serving  `embed:""`
	Storage  `embed:""`
	Payments `embed:""`
	Delivery `embed:""`
	Social   `embed:""`
	Mail     `embed:""`
	Business `embed:""`
	Seller   `embed:"" prefix:"seller-"`
	Watching `embed:""`
}

// Serving: how the shop is reached.
type Serving struct {
	Listen         string         `default:":8080" help:"Address of the public port."`
	OpsListen      string         `default:"127.0.0.1:9090" help:"Address of the operators' port: metrics, pprof, health detail. Never public."`
	BaseURL        string         `help:"The shop's public address; http://localhost and the port of --listen where empty, which production refuses."`
	TrustedProxies []string       `sep:" " help:"CIDRs of the load balancers whose X-Forwarded-For and X-Request-Id are believed, separated by spaces."`
	DrainTimeout   time.Duration  `default:"20s" help:"Within which the program ends after SIGTERM, with the requests in flight finished."`
	DrainDelay     *time.Duration `help:"How much of that to go on serving while the health check already fails, so that the load balancer notices first; 5s in production and 0s in the demo where not set."`
	Zone           string         `help:"Which availability zone this instance is in: for logs and metrics."`
	Instance       string         `help:"Which copy this is; the host's name where empty."`
	DebugHeaders   bool           `help:"Name zone and instance in every answer."`
}

// Storage: where things are kept.
type Storage struct {
	DemoProducts int `default:"0" help:"How many products the demo shows, up to 1,000,000; 0 for its own catalogue."`

	Data     string   `default:"data" help:"Folder for what the demo keeps: database, pictures, mails."`
	Database string   `secret:"url" help:"sqlite:PATH or postgres://…; sqlite:DATA/myclothes.db where empty."`
	Replicas []string `sep:" " secret:"url" help:"Read replicas of a PostgreSQL database: postgres://…, separated by spaces, one host each, any number. Browsing is read from those that are less than 400 ms behind and have seen what the visitor changed; from the primary where none is."`
	CartHome string   `default:"database" enum:"database,memory,cookie,valkey,dynamodb" help:"Where carts live: database, memory (of the instance), cookie (in the shopper's browser, sealed), valkey or dynamodb."`
	Valkey   string   `secret:"url" help:"valkey://host:port, valkey+sentinel://host:port,host:port/NAME or valkey+cluster://host:port,host:port; valkeys for TLS. After ?, wait=N has N replicas take a change before it is acknowledged, budget=250ms bounds a call, keep=2160h says how long carts are kept."`
	Dynamodb string   `help:"dynamodb://REGION/TABLE; after ?, endpoint=URL for a compatible server, create=true to make the table, budget=1s, keep=2160h. Credentials are found as AWS's own tools find them: environment, shared files, the instance's role."`

	CartHomePrevious string `default:"none" enum:"none,database,memory,cookie,valkey,dynamodb" help:"Where carts lived before: a visitor's cart moves from there with their first change. Take it away when the previous home has nothing left that it would keep (90 days)."`

	Cache       string        `default:"memory" enum:"memory,valkey,off" help:"Where products, cards and pages are kept until they change: memory (of the instance), valkey (memory in front of it, shared by instances) or off."`
	CacheRefill []string      `sep:" " help:"What is read again as soon as it changed, instead of when somebody asks for it: product, card, front, separated by spaces."`
	CacheFor    time.Duration `default:"200ms" help:"How long a public page is shown before it is looked at again, at most 500ms: a price or stock change shows within a second."`
	Media       string        `help:"Pictures: file:PATH; file:DATA/media where empty. (s3:// is not in this version.)"`
	SecretKeys  []string      `sep:" " secret:"true" help:"ID:BASE64 of 32 bytes each, separated by spaces. The first seals, all open: to rotate, append a new one on every instance, then put it first, and take the old one away when what it sealed has run out (90 days). The demo makes one in its data folder."`
}

// Payments: who takes the money.
type Payments struct {
	Payments        string        `default:"simulator" enum:"simulator,toss" help:"simulator (only in the demo) or toss."`
	SimulatorListen string        `default:"127.0.0.1:8081" help:"Address of the local payment simulator."`
	TossBaseURL     string        `default:"https://api.tosspayments.com" help:"Address of the payment API."`
	TossSecretKey   string        `secret:"true" help:"Secret key of the payment API, live_… in production."`
	TossClientKey   string        `help:"Public key for the browser."`
	PaymentTimeout  time.Duration `default:"10s" help:"How long to wait for the payment API before the outcome counts as unknown."`
	HoldFor         time.Duration `default:"15m" help:"How long an unpaid order holds its units."`
}

// Delivery: what it costs to bring something.
type Delivery struct {
	DeliveryFee      money.Amount `default:"3000" help:"배송비, in won."`
	FreeDeliveryFrom money.Amount `default:"50000" help:"Goods worth this much travel free; 0 for never. In won."`
	IslandSurcharge  money.Amount `default:"3000" help:"도서산간 추가 배송비, in won."`
}

// Social: accounts elsewhere by which people sign in. A provider without a client id is not offered; at it, register BASE-URL/account/social/NAME/callback and
// BASE-URL/en/account/social/NAME/callback.
type Social struct {
	KakaoClientID     string        `help:"REST API key of 카카오 로그인; none, no Kakao. At Kakao, register BASE-URL/account/social/kakao/callback and BASE-URL/en/account/social/kakao/callback. The demo's simulator stands in where it is empty."`
	KakaoClientSecret string        `secret:"true" help:"Client secret of 카카오 로그인."`
	KakaoAuthURL      string        `default:"https://kauth.kakao.com" help:"Where people are sent and codes redeemed."`
	KakaoUserURL      string        `default:"https://kapi.kakao.com" help:"Where it is asked who somebody is."`
	NaverClientID     string        `help:"Client ID of 네이버 로그인; none, no Naver. At Naver, register the same addresses with naver."`
	NaverClientSecret string        `secret:"true" help:"Client secret of 네이버 로그인."`
	NaverAuthURL      string        `default:"https://nid.naver.com" help:"Where people are sent and codes redeemed."`
	NaverUserURL      string        `default:"https://openapi.naver.com" help:"Where it is asked who somebody is."`
	SocialTimeout     time.Duration `default:"5s" help:"How long to wait for a provider when somebody comes back from it."`
}

// Mail: how messages go out.
type Mail struct {
	SMTP     string `name:"smtp" secret:"url" help:"smtp://user:password@host:port or smtps://…; in the demo mails are kept in the data folder instead."`
	MailFrom string `help:"Sender of the shop's mails: MyClothes <shop@example.com>."`
}

// Business: who says how the businesses stand that want to buy.
type Business struct {
	NTSBaseURL    string `name:"nts-base-url" default:"https://api.odcloud.kr" help:"Address of the National Tax Service's status service."`
	NTSServiceKey string `name:"nts-service-key" secret:"true" help:"Its service key, decoded, from data.go.kr. Where empty nobody is asked and staff look by hand; the demo asks a stand-in."`
}

// Seller: who sells, as 전자상거래법 §10 wants it on the first page. Production does not open while one is missing.
type Seller struct {
	Name           string `help:"상호."`
	Representative string `help:"대표자."`
	Address        string `help:"사업장 주소."`
	Phone          string `help:"전화번호."`
	Email          string `help:"이메일."`
	BusinessNumber string `help:"사업자등록번호, NNN-NN-NNNNN."`
	MailOrder      string `help:"통신판매업 신고번호."`
	Hosting        string `help:"호스팅서비스 제공자."`
	PrivacyOfficer string `help:"개인정보보호책임자."`
}

// Watching: what the shop tells of itself.
type Watching struct {
	LogLevel     string `default:"info" enum:"debug,info,warn,error" help:"Least level that is logged."`
	LogFormat    string `default:"auto" enum:"auto,text,json" help:"text for people, json for machines; auto is text in the demo and json in production."`
	OTLPEndpoint string `name:"otlp-endpoint" help:"Where OpenTelemetry traces go: http://host:4318. Off where empty."`
}
