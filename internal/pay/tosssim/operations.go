package tosssim

import (
	"net/http"
	"net/url"
	"regexp"
	"unicode/utf8"

	"myclothes/internal/money"
)

var wellFormedOrderID = regexp.MustCompile(`^[A-Za-z0-9_-]{6,64}$`)

// kinds are the methods that POST /v1/payments takes, in both spellings, and the least amount of each.
var kinds = map[string]struct {
	method string
	least  money.Amount
	most   money.Amount
}{
	"CARD":     {"CARD", 100, money.Max},
	"카드":       {"CARD", 100, money.Max},
	"TRANSFER": {"TRANSFER", 200, 10_000_000},
	"계좌이체":     {"TRANSFER", 200, 10_000_000},
}

type creation struct {
	Method     string       `json:"method"`
	Amount     money.Amount `json:"amount"`
	OrderID    string       `json:"orderId"`
	OrderName  string       `json:"orderName"`
	SuccessURL string       `json:"successUrl"`
	FailURL    string       `json:"failUrl"`
}

// wrong returns what is wrong with it, or "".
func (in creation) wrong() errorCode {
	kind, known := kinds[in.Method]
	name := utf8.RuneCountInString(in.OrderName)
	switch {
	case !known, !wellFormedOrderID.MatchString(in.OrderID), name < 1, name > 100,
		!webAddress(in.SuccessURL), !webAddress(in.FailURL):
		return codeInvalidRequest
	case in.Amount < kind.least:
		return codeBelowMinimum
	case in.Amount > kind.most && kind.method == "TRANSFER":
		return codeTransferMaximum
	case in.Amount > kind.most:
		return codeExceedMax
	}
	return ""
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// create makes a payment. An order that still has an open payment of the same amount gets that one; one whose payment failed
// gets a new one; any other is a duplicate. So no order ever has two payments that could both be captured.
func (s *Server) create(c *call) reply {
	var in creation
	if !c.decode(&in) {
		return failure(codeInvalidRequest)
	}
	if code := in.wrong(); code != "" {
		return failure(code)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.current(s.book.order(in.OrderID)); e != nil {
		switch {
		case e.Status == ready && e.Amount == in.Amount:
			return s.payment(e)
		case e.Status != aborted && e.Status != expired:
			return failure(codeDuplicatedOrder)
		}
	}
	now := s.o.Now()
	e := &entry{Key: newKey(now), OrderID: in.OrderID, OrderName: in.OrderName, Method: kinds[in.Method].method,
		Amount: in.Amount, SuccessURL: in.SuccessURL, FailURL: in.FailURL, Status: ready, RequestedAt: now}
	return s.conclude(c, e, s.payment(e))
}

type confirmation struct {
	PaymentKey string       `json:"paymentKey"`
	OrderID    string       `json:"orderId"`
	Amount     money.Amount `json:"amount"`
}

// confirm takes the money, or does what the result chosen on the page asks for. It holds no lock while it waits.
func (s *Server) confirm(c *call) reply {
	var in confirmation
	if !c.decode(&in) || in.PaymentKey == "" {
		return failure(codeInvalidRequest)
	}
	fault, code := s.claim(in)
	if code != "" {
		return failure(code)
	}
	switch fault {
	case timeoutBefore:
		s.hang(c.ctx, s.o.HangFor)
		return failure(codeUnknownPayment)
	case errorBefore:
		return failure(codeFailedInternal)
	case slow:
		s.hang(c.ctx, s.o.SlowFor)
	}
	p := s.settle(c, in, fault)
	switch {
	case p.status != http.StatusOK:
	case fault == timeoutAfter:
		s.hang(c.ctx, s.o.HangFor)
		return failure(codeUnknownPayment)
	case fault == errorAfter:
		return failure(codeFailedInternal)
	}
	return p
}

// claim checks a confirm and returns the fault that is to happen to it, which from then on is spent.
func (s *Server) claim(in confirmation) (fault string, no errorCode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, no := s.confirmable(in)
	if no != "" || e.Troubled || e.Result == approve {
		return "", no
	}
	if e.Result == declineAtConfirm {
		return declineAtConfirm, "" // spent by the move itself
	}
	if s.commit(record{Payment: e.trouble()}) != nil {
		return "", codeFailedInternal
	}
	return e.Result, ""
}

// settle moves the money, or refuses to, together with the answer. It checks again: the world may have moved while it waited.
func (s *Server) settle(c *call, in confirmation, fault string) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, no := s.confirmable(in)
	switch {
	case no != "":
		return failure(no)
	case fault == declineAtConfirm:
		return s.conclude(c, e.refuse(string(codeRejectCard)), failure(codeRejectCard))
	}
	e = e.capture(s.o.Now())
	s.o.Log.Info("captured", "order_id", e.OrderID, "amount", e.Amount)
	return s.conclude(c, e, s.payment(e))
}

// confirmable finds the payment of a confirm, or why there is none. The caller holds s.mu.
func (s *Server) confirmable(in confirmation) (*entry, errorCode) {
	e := s.current(s.book.byKey[in.PaymentKey])
	switch {
	case e == nil:
		return nil, codeNotFoundPayment
	case e.OrderID != in.OrderID:
		return nil, codeInvalidRequest
	case e.Captures > 0:
		return nil, codeAlreadyProcessed
	case e.Status != inProgress:
		return nil, codeNotFoundSession
	case e.Amount != in.Amount:
		return nil, codeInvalidRequest
	}
	return e, ""
}

// cancel gives back a part, or without an amount all that is left.
func (s *Server) cancel(c *call) reply {
	var in struct {
		Reason     string        `json:"cancelReason"`
		Amount     *money.Amount `json:"cancelAmount"`
		Refundable *money.Amount `json:"refundableAmount"`
	}
	if !c.decode(&in) {
		return failure(codeInvalidRequest)
	}
	if n := utf8.RuneCountInString(in.Reason); n < 1 || n > 200 {
		return failure(codeInvalidRequest)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.current(s.book.byKey[c.req.PathValue("key")])
	switch {
	case e == nil:
		return failure(codeNotFoundPayment)
	case e.Status == canceled:
		return failure(codeAlreadyCanceled)
	case e.Status != done && e.Status != partial:
		return failure(codeNotCancelable)
	case in.Refundable != nil && *in.Refundable != e.balance():
		return failure(codeRefundable)
	}
	amount := e.balance()
	if in.Amount != nil {
		amount = *in.Amount
	}
	switch {
	case amount <= 0:
		return failure(codeInvalidRequest)
	case amount > e.balance():
		return failure(codeNotCancelableAmount)
	}
	e = e.giveBack(amount, in.Reason, s.o.Now())
	s.o.Log.Info("gave back", "order_id", e.OrderID, "amount", amount)
	return s.conclude(c, e, s.payment(e))
}

func (s *Server) byKey(c *call) reply {
	return s.found(func() *entry { return s.book.byKey[c.req.PathValue("key")] })
}

func (s *Server) byOrder(c *call) reply {
	return s.found(func() *entry { return s.book.order(c.req.PathValue("order")) })
}

func (s *Server) found(look func() *entry) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.current(look())
	if e == nil {
		return failure(codeNotFoundPayment)
	}
	return s.payment(e)
}
