package search

import "strings"

// The keys of the Korean two-set keyboard (KS X 5002) that write each part of a syllable, in the order of Unicode's conjoining
// jamo (The Unicode Standard, 3.12). A capital is a key with shift.
var (
	leadKeys  = strings.Fields("r R s e E f a q Q t T d w W c z x v g")
	vowelKeys = strings.Fields("k o i O j p u P h hk ho hl y n nj np nl b m ml l")
	trailKeys = strings.Fields("r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g")
)

const (
	firstSyllable, lastSyllable = 0xAC00, 0xD7A3
	firstLead, firstVowel       = 0x1100, 0x1161
	firstTrail                  = 0x11A8
	perLead, perVowel           = 588, 28 // syllables with one lead; with one lead and vowel
)

var leadOf, vowelOf, trailOf = numbered(leadKeys), numbered(vowelKeys), numbered(trailKeys)

func numbered(keys []string) map[string]rune {
	m := make(map[string]rune, len(keys))
	for i, k := range keys {
		m[k] = rune(i)
	}
	return m
}

func isSyllable(r rune) bool { return r >= firstSyllable && r <= lastSyllable }

// isJamo reports whether r is a part of a syllable as folding leaves it when it stands alone.
func isJamo(r rune) bool { return r >= 0x1100 && r <= 0x11FF }

func isLead(r rune) bool { return r >= firstLead && r < firstLead+rune(len(leadKeys)) }

func isHangul(s string) bool {
	for _, r := range s {
		if !isSyllable(r) && !isJamo(r) {
			return false
		}
	}
	return s != ""
}

// isLatin reports whether s has nothing but small letters of the English keyboard.
func isLatin(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return s != ""
}

// initial returns the consonant with which a syllable begins; any other character begins with itself.
func initial(r rune) rune {
	if isSyllable(r) {
		return firstLead + (r-firstSyllable)/perLead
	}
	return r
}

// initials returns the first consonants of folded text: 셔츠 gives ㅅㅊ.
func initials(s string) []rune {
	out := []rune(s)
	for i, r := range out {
		out[i] = initial(r)
	}
	return out
}

// keystrokes returns the keys that type folded Hangul, without shift, so that they compare with what somebody typed on the
// wrong keyboard in small letters: 셔츠 gives "tucm". Other characters stand for themselves.
func keystrokes(s string) string {
	var b strings.Builder
	for _, r := range s {
		typeRune(&b, r)
	}
	return strings.ToLower(b.String())
}

func typeRune(b *strings.Builder, r rune) {
	switch {
	case isSyllable(r):
		n := r - firstSyllable
		b.WriteString(leadKeys[n/perLead])
		b.WriteString(vowelKeys[n%perLead/perVowel])
		if t := n % perVowel; t > 0 {
			b.WriteString(trailKeys[t-1])
		}
	case isLead(r):
		b.WriteString(leadKeys[r-firstLead])
	case r >= firstVowel && r < firstVowel+rune(len(vowelKeys)):
		b.WriteString(vowelKeys[r-firstVowel])
	case r >= firstTrail && r < firstTrail+rune(len(trailKeys)):
		b.WriteString(trailKeys[r-firstTrail])
	case r == 0x111A: // folding makes these two of ㅀ and ㅄ
		b.WriteString("fg")
	case r == 0x1121:
		b.WriteString("qt")
	default:
		b.WriteRune(r)
	}
}

// syllable is one under composition, each part by its keys.
type syllable struct{ lead, vowel, trail string }

func (s syllable) appendTo(out []rune) []rune {
	switch {
	case s.lead != "" && s.vowel != "":
		r := firstSyllable + leadOf[s.lead]*perLead + vowelOf[s.vowel]*perVowel
		if s.trail != "" {
			r += trailOf[s.trail] + 1
		}
		return append(out, r)
	case s.lead != "":
		return append(out, firstLead+leadOf[s.lead])
	case s.vowel != "":
		return append(out, firstVowel+vowelOf[s.vowel])
	}
	return out
}

// fromKeys returns the Hangul that these letters type on the two-set keyboard, composed as an input method does: "tucm"
// gives 셔츠. It reports false where s has anything but letters. A shift that means nothing there is ignored.
func fromKeys(s string) (string, bool) {
	var out []rune
	var now syllable
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return "", false
		}
		k := string(r)
		if _, vowel := vowelOf[k]; !vowel {
			if _, lead := leadOf[k]; !lead {
				k = strings.ToLower(k)
			}
		}
		var done syllable
		if done, now = now.press(k); done != (syllable{}) {
			out = done.appendTo(out)
		}
	}
	return string(now.appendTo(out)), true
}

// press returns the syllable that the key completes, if it does, and the one that is now being typed.
func (s syllable) press(k string) (done, now syllable) {
	if _, vowel := vowelOf[k]; vowel {
		_, longer := vowelOf[s.vowel+k]
		switch {
		case s.trail != "": // its last consonant begins the next syllable
			cut := len(s.trail) - 1
			return syllable{s.lead, s.vowel, s.trail[:cut]}, syllable{lead: s.trail[cut:], vowel: k}
		case longer: // also where there is no vowel yet
			return syllable{}, syllable{lead: s.lead, vowel: s.vowel + k}
		}
		return s, syllable{vowel: k}
	}
	if _, fits := trailOf[s.trail+k]; fits && s.lead != "" && s.vowel != "" {
		return syllable{}, syllable{s.lead, s.vowel, s.trail + k}
	}
	return s, syllable{lead: k}
}
