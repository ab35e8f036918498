package company

import "strings"

// Registration is a 사업자등록번호: ten digits that passed ParseRegistration.
type Registration string

// ParseRegistration reads ten digits, with or without the hyphens of NNN-NN-NNNNN and white space around. The last one is a check digit: weights 1 3 7 1 3 7 1 3 5, the tens
// of the ninth product added, and the last digit bringing the sum to a multiple of ten. All zeros pass the sum and are no number. That a number is well formed
// does not say that there is such a business: a Registrar does.
func ParseRegistration(s string) (Registration, bool) {
	s = strings.TrimSpace(s)
	if len(s) == 12 && s[3] == '-' && s[6] == '-' {
		s = s[:3] + s[4:6] + s[7:]
	}
	if len(s) != 10 || strings.Trim(s, "0123456789") != "" || s == "0000000000" {
		return "", false
	}
	sum := int(s[8]-'0') * 5 / 10
	for i, w := range []int{1, 3, 7, 1, 3, 7, 1, 3, 5} {
		sum += int(s[i]-'0') * w
	}
	return Registration(s), (10-sum%10)%10 == int(s[9]-'0')
}

// String writes it as people do: 220-81-62517.
func (r Registration) String() string {
	if len(r) != 10 {
		return string(r)
	}
	return string(r[:3] + "-" + r[3:5] + "-" + r[5:])
}
