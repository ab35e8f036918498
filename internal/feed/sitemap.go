package feed

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/fault"
)

// perSitemap is how many IDs one sitemap covers. The protocol allows 50,000 addresses and 50 MB.
const perSitemap = 10_000

// robots lets everybody read what is for everybody.
func (f *Feeds) robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "User-agent: *\n")
	for _, p := range []string{"/cart", "/checkout", "/orders", "/search", "/suggest", "/account", "/api/"} {
		fmt.Fprintf(w, "Disallow: %s\nDisallow: /en%s\n", p, p)
	}
	_, err := fmt.Fprintf(w, "Sitemap: %s/sitemap.xml\n", f.BaseURL)
	return err
}

// sitemapIndex names the sitemaps: one of the shelves, and one for each range of product IDs.
func (f *Feeds) sitemapIndex(w http.ResponseWriter, r *http.Request) error {
	last, err := f.Catalog.LastID(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kinds["xml"])
	s := &sheet{ctx: r.Context(), w: bufio.NewWriter(w)}
	s.text(xml.Header, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`, "\n")
	names := []string{"shelves"}
	for n := int64(0); n*perSitemap < last; n++ {
		names = append(names, strconv.FormatInt(n, 10))
	}
	for _, n := range names {
		s.text("<sitemap><loc>", escaped(f.BaseURL), "/sitemaps/", n, ".xml</loc></sitemap>\n")
	}
	s.text("</sitemapindex>\n")
	return s.w.Flush()
}

// sitemap writes one of them.
func (f *Feeds) sitemap(w http.ResponseWriter, r *http.Request) error {
	name, ok := strings.CutSuffix(r.PathValue("name"), ".xml")
	if !ok {
		return fault.NoSuchPage
	}
	var whole bytes.Buffer // nothing is sent before all of it is there
	s := &sheet{ctx: r.Context(), w: bufio.NewWriter(&whole)}
	write := f.shelves
	if name != "shelves" {
		n, err := strconv.ParseInt(name, 10, 64)
		if err != nil || n < 0 || n > 1<<40 {
			return fault.NoSuchPage
		}
		write = func(s *sheet) error { return f.products(s, n*perSitemap, (n+1)*perSitemap) }
	}
	s.text(xml.Header, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">`, "\n")
	if err := write(s); err != nil {
		return err
	}
	s.text("</urlset>\n")
	if err := s.w.Flush(); err != nil {
		return err
	}
	w.Header().Set("Content-Type", kinds["xml"])
	_, err := whole.WriteTo(w)
	return err
}

// shelves are the pages that lead to products.
func (f *Feeds) shelves(s *sheet) error {
	tree, err := f.Catalog.Tree(s.ctx)
	if err != nil {
		return err
	}
	brands, err := f.Catalog.Brands(s.ctx)
	if err != nil {
		return err
	}
	f.address(s, "/", "")
	for _, c := range tree.All() {
		f.address(s, "/c/"+c.Slug, "")
	}
	for _, b := range brands {
		f.address(s, "/b/"+b.Slug, "")
	}
	for _, p := range []string{"/legal/guide", "/legal/terms", "/legal/privacy"} {
		f.address(s, p, "")
	}
	return s.err
}

// products are the pages of products on sale whose ID is above after and not above last.
func (f *Feeds) products(s *sheet, after, last int64) error {
	for s.err == nil {
		some, err := f.Catalog.Products(s.ctx, after, atOnce)
		if err != nil {
			return err
		}
		for i := range some {
			if some[i].ID <= last {
				f.address(s, catalog.Path(some[i].ID, some[i].Slug), some[i].Card().Image.Path)
			}
		}
		if len(some) < atOnce || some[len(some)-1].ID >= last {
			return s.err
		}
		after = some[len(some)-1].ID
	}
	return s.err
}

// address writes a page in both languages, each naming both.
func (f *Feeds) address(s *sheet, path, picture string) {
	english := "/en" + path
	if path == "/" {
		english = "/en"
	}
	for _, p := range []string{path, english} {
		s.text("<url><loc>", escaped(f.BaseURL+p), "</loc>",
			`<xhtml:link rel="alternate" hreflang="ko" href="`, escaped(f.BaseURL+path), `"/><xhtml:link rel="alternate" hreflang="en" href="`, escaped(f.BaseURL+english), `"/>`)
		if picture != "" {
			s.text("<image:image><image:loc>", escaped(f.picture(picture)), "</image:loc></image:image>")
		}
		s.text("</url>\n")
	}
}
