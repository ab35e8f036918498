package tosssim

import "myclothes/internal/lang"

// The results that the payment page offers, as its form value "result". Faults happen at the first confirm only; after
// that the payment behaves as if approved.
const (
	approve          = "approve"            // IN_PROGRESS; the confirm captures
	decline          = "decline"            // fail URL with REJECT_CARD_COMPANY; ABORTED
	leave            = "cancel"             // fail URL with PAY_PROCESS_CANCELED; ABORTED
	declineAtConfirm = "decline_at_confirm" // the confirm is refused with 403 REJECT_CARD_PAYMENT; ABORTED
	slow             = "slow"               // the confirm takes SlowFor, then captures
	timeoutBefore    = "timeout_before"     // the confirm gives no answer and captures nothing
	timeoutAfter     = "timeout_after"      // the confirm captures and gives no answer
	errorBefore      = "error"              // the confirm answers 500 and captures nothing
	errorAfter       = "error_after"        // the confirm captures and answers 500
)

// choice is one result on the page.
type choice struct {
	Value string
	Name  lang.Text
	Hint  lang.Text
}

type choiceGroup struct {
	Title   lang.Text
	Choices []choice
}

var choices = []choiceGroup{
	{lang.Text{KO: "결제창에서", EN: "In this window"}, []choice{
		{approve, lang.Text{KO: "결제 승인", EN: "Approve"}, lang.Text{KO: "정상적으로 결제됩니다", EN: "The payment goes through"}},
		{decline, lang.Text{KO: "카드사 거절", EN: "Decline"}, lang.Text{KO: "카드사가 인증을 거절합니다", EN: "The card company says no"}},
		{leave, lang.Text{KO: "구매자 취소", EN: "Cancel"}, lang.Text{KO: "결제창을 닫습니다", EN: "The buyer leaves"}},
	}},
	{lang.Text{KO: "상점이 승인을 요청할 때", EN: "When the shop confirms"}, []choice{
		{declineAtConfirm, lang.Text{KO: "승인 거절", EN: "Decline at confirm"}, lang.Text{KO: "잔액 부족으로 거절됩니다", EN: "Refused: balance too low"}},
		{slow, lang.Text{KO: "느린 승인", EN: "Slow"}, lang.Text{KO: "몇 초 뒤에 승인됩니다", EN: "Approved after some seconds"}},
		{timeoutBefore, lang.Text{KO: "승인 전 무응답", EN: "Time-out before"}, lang.Text{KO: "응답이 없고 출금되지 않습니다", EN: "No answer, no money taken"}},
		{timeoutAfter, lang.Text{KO: "승인 후 무응답", EN: "Time-out after"}, lang.Text{KO: "출금되지만 응답이 없습니다", EN: "Money taken, no answer"}},
		{errorBefore, lang.Text{KO: "승인 전 오류", EN: "Error before"}, lang.Text{KO: "500 오류, 출금되지 않습니다", EN: "A 500, no money taken"}},
		{errorAfter, lang.Text{KO: "승인 후 오류", EN: "Error after"}, lang.Text{KO: "출금되지만 500 오류가 납니다", EN: "Money taken, then a 500"}},
	}},
}

// offered reports whether the page has such a result.
func offered(result string) bool {
	for _, g := range choices {
		for _, c := range g.Choices {
			if c.Value == result {
				return true
			}
		}
	}
	return false
}
