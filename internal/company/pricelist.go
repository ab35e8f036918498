package company

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"myclothes/internal/catalog"
	"myclothes/internal/money"
)

// PriceList is what companies pay. Prices include VAT, as all of the shop's.
type PriceList struct {
	Name    string         // [a-z0-9-]{1,40}
	Percent int            // off today's price, 0 to 90, for SKUs that have no Entry
	Entries []Entry        // of each SKU and From at most one
	Leasts  map[string]int // fewest units per line, per SKU; what is not there has none
}

// Entry is what an SKU costs each in a line of at least From units.
type Entry struct {
	SKU string
	catalog.Tier
}

var listName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// Check refuses a name or a percentage that no list may have.
func (l PriceList) Check() error {
	if !listName.MatchString(l.Name) {
		return fmt.Errorf("the name %q is not of 1 to 40 letters a-z, digits and hyphens", l.Name)
	}
	if l.Percent < 0 || l.Percent > 90 {
		return fmt.Errorf("%d %% off is not between 0 and 90", l.Percent)
	}
	return nil
}

// ReadPrices reads the entries of a list from CSV with the columns sku, from, price and, if any, minimum; from is 1 where it is empty, and price may be empty where minimum is not.
// All that is wrong comes back together, each with its line.
func ReadPrices(r io.Reader) (PriceList, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	rows.TrimLeadingSpace = true
	head, err := rows.Read()
	if err != nil {
		return PriceList{}, fmt.Errorf("the file has no first line that names its columns: %w", err)
	}
	columns := map[string]int{}
	for i, name := range head {
		columns[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	for _, need := range []string{"sku", "price"} {
		if _, ok := columns[need]; !ok {
			return PriceList{}, fmt.Errorf("there is no column %q; the first line has %s", need, strings.Join(head, ", "))
		}
	}
	l := PriceList{Leasts: map[string]int{}}
	var wrong []error
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return l, errors.Join(wrong...)
		}
		line := 0
		var torn *csv.ParseError
		switch {
		case errors.As(err, &torn):
			line, err = torn.StartLine, torn.Err
		case err == nil:
			line, _ = rows.FieldPos(0)
			err = l.add(func(column string) string {
				if i, ok := columns[column]; ok && i < len(row) {
					return strings.TrimSpace(row[i])
				}
				return ""
			})
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", line, err))
		}
		if len(wrong) == maxWrong {
			return l, errors.Join(append(wrong, errors.New("and perhaps more"))...)
		}
	}
}

// maxWrong is how many faults of a file are told at a time.
const maxWrong = 100

// add reads one row.
func (l *PriceList) add(get func(string) string) error {
	sku, from := get("sku"), 1
	if sku == "" {
		return errors.New("the sku is empty")
	}
	if text := get("minimum"); text != "" {
		least, err := strconv.Atoi(text)
		if err != nil || least < 1 || least > 99 {
			return fmt.Errorf("minimum %q is not a number from 1 to 99", text)
		}
		if was := l.Leasts[sku]; was != 0 && was != least {
			return fmt.Errorf("%s has the minimum %d above", sku, was)
		}
		l.Leasts[sku] = least
		if get("price") == "" {
			return nil
		}
	}
	if text := get("from"); text != "" {
		var err error
		if from, err = strconv.Atoi(text); err != nil || from < 1 || from > 99 {
			return fmt.Errorf("from %q is not a number from 1 to 99", text)
		}
	}
	price, err := money.Parse(strings.ReplaceAll(get("price"), ",", ""))
	if err != nil || price == 0 {
		return fmt.Errorf("price %q is no amount of won", get("price"))
	}
	if slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.SKU == sku && e.From == from }) {
		return fmt.Errorf("%s has a price from %d units above", sku, from)
	}
	l.Entries = append(l.Entries, Entry{sku, catalog.Tier{From: from, Price: price}})
	return nil
}
