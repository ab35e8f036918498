package catalog

import (
	"encoding/binary"
	"encoding/json"
	"hash/maphash"
)

// Version tells two states of a thing apart for whoever keeps something that was made of it: what has the same version says the same. 0 is not known, and
// like no other. It means nothing to another process.
type Version uint64

var seed = maphash.MakeSeed()

// Digest returns the version of what a text says.
func Digest(text []byte) Version { return Version(max(maphash.Bytes(seed, text), 1)) }

// VersionOf returns the version of what values say. They must be of kinds that JSON can write.
func VersionOf(values ...any) Version {
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // a type was given something that JSON cannot write
	}
	return Digest(text)
}

// Together returns the version of things that are shown together; 0 if one of them is not known.
func Together(all ...Version) Version {
	text := make([]byte, 0, 8*len(all))
	for _, v := range all {
		if v == 0 {
			return 0
		}
		text = binary.LittleEndian.AppendUint64(text, uint64(v))
	}
	return Digest(text)
}

// CardsVersion returns the version of cards in that order; 0 if one of them is not known.
func CardsVersion(cards []Card) Version {
	all := make([]Version, len(cards))
	for i, c := range cards {
		all[i] = c.Version
	}
	return Together(all...)
}
