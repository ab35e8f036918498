package catalog

import (
	"fmt"
	"strings"
)

// maxSlug bounds what stands in addresses.
const maxSlug = 60

// Check returns everything that is wrong with the category by itself. Whether its parent exists is a question of the tree.
func (k *Category) Check() []Flaw {
	c := &check{}
	c.slug("category", k.Slug)
	c.text("name_ko", k.Name.KO, maxName, true)
	c.text("name_en", k.Name.EN, maxName, false)
	c.must(k.Notice == "" || k.Notice.Facts() != nil, "notice", "clothes, footwear, bags, smalls 중 하나여야 해요.", "One of clothes, footwear, bags, smalls.")
	c.must(k.Plan == "" || k.Plan.Points() != nil, "plan", "없는 실측 방식이에요.", "There is no such plan of measuring.")
	for _, name := range strings.Fields(k.Sizes) {
		_, known := SchemeOf(name)
		c.must(known, "sizes", fmt.Sprintf("없는 사이즈 체계예요: %q", name), fmt.Sprintf("There is no size scheme %q.", name))
	}
	return c.flaws
}

// Check returns everything that is wrong with the brand.
func (b *Brand) Check() []Flaw {
	c := &check{}
	c.slug("brand", b.Slug)
	c.text("name_ko", b.Name.KO, maxName, true)
	c.text("name_en", b.Name.EN, maxName, false)
	c.text("story_ko", b.Story.KO, maxDescription, false)
	c.text("story_en", b.Story.EN, maxDescription, false)
	return c.flaws
}

func (c *check) slug(field, s string) {
	c.must(len(s) <= maxSlug && slugForm.MatchString(s), field, fmt.Sprintf("영문 소문자, 숫자, 하이픈으로 %d자까지 쓸 수 있어요.", maxSlug),
		fmt.Sprintf("Only a-z, 0-9 and single hyphens, at most %d.", maxSlug))
}
