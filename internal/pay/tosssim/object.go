package tosssim

import (
	"net/http"
	"time"

	"myclothes/internal/lang"
	"myclothes/internal/money"
)

// object is Toss's Payment object. A nil pointer is null, as the real one sends what does not apply.
type object struct {
	Version             string         `json:"version"`
	PaymentKey          string         `json:"paymentKey"`
	Type                string         `json:"type"`
	OrderID             string         `json:"orderId"`
	OrderName           string         `json:"orderName"`
	MID                 string         `json:"mId"`
	Currency            string         `json:"currency"`
	Method              *string        `json:"method"`
	TotalAmount         money.Amount   `json:"totalAmount"`
	BalanceAmount       money.Amount   `json:"balanceAmount"`
	SuppliedAmount      money.Amount   `json:"suppliedAmount"` // with VAT, of the balance
	VAT                 money.Amount   `json:"vat"`
	TaxFreeAmount       money.Amount   `json:"taxFreeAmount"`
	TaxExemptionAmount  money.Amount   `json:"taxExemptionAmount"`
	Status              string         `json:"status"`
	RequestedAt         string         `json:"requestedAt"`
	ApprovedAt          *string        `json:"approvedAt"`
	UseEscrow           bool           `json:"useEscrow"`
	LastTransactionKey  *string        `json:"lastTransactionKey"`
	CultureExpense      bool           `json:"cultureExpense"`
	Cancels             []cancelObject `json:"cancels"`
	IsPartialCancelable bool           `json:"isPartialCancelable"`
	Card                *cardObject    `json:"card"`
	VirtualAccount      *struct{}      `json:"virtualAccount"`
	Secret              *string        `json:"secret"`
	MobilePhone         *struct{}      `json:"mobilePhone"`
	GiftCertificate     *struct{}      `json:"giftCertificate"`
	Transfer            *transfer      `json:"transfer"`
	Receipt             *link          `json:"receipt"`
	Checkout            link           `json:"checkout"`
	EasyPay             *struct{}      `json:"easyPay"`
	Country             string         `json:"country"`
	Failure             *failureObject `json:"failure"`
	CashReceipt         *struct{}      `json:"cashReceipt"`
	CashReceipts        []struct{}     `json:"cashReceipts"`
	Discount            *struct{}      `json:"discount"`
	Metadata            *struct{}      `json:"metadata"`
}

type link struct {
	URL string `json:"url"`
}

type failureObject struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

type transfer struct {
	BankCode         string `json:"bankCode"`
	SettlementStatus string `json:"settlementStatus"`
}

type cardObject struct {
	Amount                money.Amount `json:"amount"`
	IssuerCode            string       `json:"issuerCode"`
	AcquirerCode          string       `json:"acquirerCode"`
	Number                string       `json:"number"`
	InstallmentPlanMonths int          `json:"installmentPlanMonths"`
	ApproveNo             string       `json:"approveNo"`
	UseCardPoint          bool         `json:"useCardPoint"`
	CardType              string       `json:"cardType"`
	OwnerType             string       `json:"ownerType"`
	AcquireStatus         string       `json:"acquireStatus"`
	IsInterestFree        bool         `json:"isInterestFree"`
	InterestPayer         *string      `json:"interestPayer"`
}

type cancelObject struct {
	CancelAmount          money.Amount `json:"cancelAmount"`
	CancelReason          string       `json:"cancelReason"`
	TaxFreeAmount         money.Amount `json:"taxFreeAmount"`
	TaxExemptionAmount    money.Amount `json:"taxExemptionAmount"`
	RefundableAmount      money.Amount `json:"refundableAmount"`
	EasyPayDiscountAmount money.Amount `json:"easyPayDiscountAmount"`
	CanceledAt            string       `json:"canceledAt"`
	TransactionKey        string       `json:"transactionKey"`
	ReceiptKey            *string      `json:"receiptKey"`
	CancelStatus          string       `json:"cancelStatus"`
}

// payment answers 200 with e.
func (s *Server) payment(e *entry) reply {
	return reply{status: http.StatusOK, body: mustJSON(s.object(e))}
}

func (s *Server) object(e *entry) object {
	page := link{s.o.BaseURL + "/checkout/" + e.Key}
	o := object{
		Version: "2022-11-16", PaymentKey: e.Key, Type: "NORMAL", OrderID: e.OrderID, OrderName: e.OrderName,
		MID: "tosssim", Currency: money.Currency, TotalAmount: e.Amount, BalanceAmount: e.balance(), Status: e.Status,
		RequestedAt: stamp(e.RequestedAt), LastTransactionKey: absent(e.LastKey), IsPartialCancelable: true,
		Checkout: page, Country: "KR",
	}
	o.SuppliedAmount, o.VAT = money.SplitVAT(e.balance())
	if e.FailureCode != "" {
		code := errorCode(e.FailureCode)
		o.Failure = &failureObject{e.FailureCode, code.words().In(lang.Korean)}
	}
	if !e.AgreedAt.IsZero() {
		o.Method = absent(methodNames[e.Method].KO)
	}
	for _, c := range e.Cancels {
		o.Cancels = append(o.Cancels, cancelObject{CancelAmount: c.Amount, CancelReason: c.Reason, RefundableAmount: c.Left,
			CanceledAt: stamp(c.At), TransactionKey: c.Key, CancelStatus: "DONE"})
	}
	if e.Captures == 0 {
		return o
	}
	o.ApprovedAt, o.Receipt = absent(stamp(e.ApprovedAt)), &page
	if e.Method == "TRANSFER" {
		o.Transfer = &transfer{BankCode: "88", SettlementStatus: "INCOMPLETED"}
		return o
	}
	o.Card = &cardObject{Amount: e.Amount, IssuerCode: "11", AcquirerCode: "11", Number: "12345678****000*",
		ApproveNo: "00000000", CardType: "신용", OwnerType: "개인", AcquireStatus: "READY"}
	return o
}

var methodNames = map[string]lang.Text{
	"CARD":     {KO: "카드", EN: "Card"},
	"TRANSFER": {KO: "계좌이체", EN: "Bank transfer"},
}

func stamp(t time.Time) string { return t.In(seoul).Format("2006-01-02T15:04:05-07:00") }

// absent makes null of an empty string.
func absent(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
