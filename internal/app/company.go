package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"myclothes/internal/business"
	"myclothes/internal/company"
	"myclothes/internal/config"
	"myclothes/internal/fault"
	"myclothes/internal/money"
	"myclothes/internal/order"
	"myclothes/internal/store"
)

// Staff is what staff do about companies on the command line, until there is a back office.
type Staff struct {
	List struct {
		Status string `arg:"" optional:"" enum:"applied,approved,refused,suspended,all" default:"all" help:"Only these: ${enum}."`
	} `cmd:"" help:"Companies, those that applied first first."`
	Show struct {
		Company string `arg:"" help:"ID or registration number."`
	} `cmd:"" help:"A company with its buyers and what it owes."`
	Check struct {
		Company string `arg:"" help:"ID or registration number."`
	} `cmd:"" help:"Ask the tax office how a business stands, and keep the answer."`
	Approve struct {
		Company string `arg:"" help:"ID or registration number."`
	} `cmd:"" help:"Approve an application, or end a suspension."`
	Refuse struct {
		Company string `arg:"" help:"ID or registration number."`
		Reason  string `arg:"" optional:"" help:"What the applicant is told."`
	} `cmd:"" help:"Refuse an application."`
	Suspend struct {
		Company string `arg:"" help:"ID or registration number."`
		Reason  string `arg:"" optional:"" help:"What the company is told."`
	} `cmd:"" help:"Suspend a company: its people buy as anybody, what it owes stays owed."`
	Terms struct {
		Company string  `arg:"" help:"ID or registration number."`
		Prices  *string `env:"-" help:"Name of its price list; empty for everybody's prices."`
		Credit  *int64  `env:"-" help:"What it may owe at a time, in won; 0 sells nothing on account."`
		Days    *int    `env:"-" help:"Days to pay, 0 to 180."`
	} `cmd:"" help:"Change what was agreed on; what is not named stays."`
	Prices struct {
		Name string `arg:"" help:"Of the price list: a-z, digits, hyphens."`
		File string `arg:"" optional:"" type:"existingfile" help:"CSV with the columns sku, from, price, minimum; prices include VAT."`
		Off  int    `env:"-" help:"Percent off today's price for every SKU that the file does not price, 0 to 90."`
	} `cmd:"" help:"Write a price list, replacing the one of that name as a whole."`
	Paid struct {
		Order  string `arg:"" help:"Number of an order on account."`
		Amount int64  `arg:"" help:"What was transferred, in won: the whole of it."`
	} `cmd:"" help:"Record that a company's transfer for an order arrived."`
	TaxInvoices struct {
		Every  bool `env:"-" help:"Those too that were passed on or withdrawn."`
		PassOn bool `env:"-" help:"Note that these were passed on to whoever issues them."`
	} `cmd:"" help:"Tax invoices that were asked for, and those to correct, as CSV."`
}

// Companies runs what is called by the words behind "company".
func Companies(ctx context.Context, s *config.Settings, word string, a *Staff, out io.Writer) error {
	logTo(s, true)
	s.Complete()
	db, companies, err := openCompanies(ctx, s)
	if err != nil {
		return err
	}
	defer db.Close()
	w := office{companies, db.Orders(), s, out}
	return said(w.run(ctx, word, a))
}

// said spells a fault with what staff can do about it: its cause and its English words.
func said(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	if cause := errors.Unwrap(f); cause != nil {
		return cause
	}
	return errors.New(f.Words.EN)
}

// openCompanies opens the database with the key that seals it, which in the demo is kept in its data folder.
func openCompanies(ctx context.Context, s *config.Settings) (*store.DB, *store.Companies, error) {
	if err := ownKey(s); err != nil {
		return nil, nil, err
	}
	vault, err := (&shop{settings: s}).openVault()
	if err != nil {
		return nil, nil, fmt.Errorf("--secret-keys: %w", err)
	}
	db, err := store.Open(store.Options{Address: s.Database, Vault: vault})
	if err != nil {
		return nil, nil, err
	}
	if err := db.CheckSchema(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, db.Companies(vault), nil
}

// office is where staff work.
type office struct {
	companies *store.Companies
	orders    *store.Orders
	settings  *config.Settings
	out       io.Writer
}

func (o office) run(ctx context.Context, word string, a *Staff) error {
	switch word {
	case "list":
		return o.list(ctx, a.List.Status)
	case "show":
		return o.show(ctx, a.Show.Company)
	case "check":
		return o.check(ctx, a.Check.Company)
	case "approve":
		return o.decide(ctx, a.Approve.Company, company.Approved, "")
	case "refuse":
		return o.decide(ctx, a.Refuse.Company, company.Refused, a.Refuse.Reason)
	case "suspend":
		return o.decide(ctx, a.Suspend.Company, company.Suspended, a.Suspend.Reason)
	case "terms":
		return o.terms(ctx, a)
	case "prices":
		return o.prices(ctx, a)
	case "paid":
		number := order.ParseNumber(a.Paid.Order)
		if err := o.orders.ReceiveTransfer(ctx, number, money.Amount(a.Paid.Amount), time.Now()); err != nil {
			return err
		}
		_, err := fmt.Fprintf(o.out, "order %s is paid\n", number)
		return err
	case "tax-invoices":
		return o.taxInvoices(ctx, a.TaxInvoices.Every, a.TaxInvoices.PassOn)
	}
	return fmt.Errorf("unknown command company %s", word)
}

// find finds a company by its ID, or by its registration number if one company has it.
func (o office) find(ctx context.Context, name string) (company.Company, error) {
	if n, ok := company.ParseRegistration(name); ok {
		all, err := o.companies.List(ctx, "")
		if err != nil {
			return company.Company{}, err
		}
		var found []company.Company
		for _, c := range all {
			if c.Registration == n && c.Status != company.Refused {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0], nil
		}
		return company.Company{}, fmt.Errorf("%d companies have the number %s; name one by its ID (company list)", len(found), n)
	}
	c, err := o.companies.Company(ctx, company.ID(strings.TrimSpace(name)))
	if errors.Is(err, fault.NoSuchPage) {
		err = fmt.Errorf("there is no company %q", name)
	}
	return c, err
}

func (o office) list(ctx context.Context, status string) error {
	if status == "all" {
		status = ""
	}
	all, err := o.companies.List(ctx, company.Status(status))
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(o.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNUMBER\tSTATUS\tTAX OFFICE\tPRICES\tCREDIT\tAPPLIED\tNAME")
	for _, c := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, c.Registration, c.Status, standing(c.Standing), c.Terms.PriceList, c.Terms.CreditLimit.Grouped(),
			c.AppliedAt.In(order.Seoul).Format("2006-01-02 15:04"), c.Name)
	}
	return w.Flush()
}

func standing(s company.Standing) string {
	if s == company.Unasked {
		return "not checked"
	}
	return string(s)
}

func (o office) show(ctx context.Context, name string) error {
	c, err := o.find(ctx, name)
	if err != nil {
		return err
	}
	owed, err := o.companies.Owed(ctx, c.ID)
	if err != nil {
		return err
	}
	buyers, err := o.companies.Buyers(ctx, c.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "id              %s\nname            %s\nnumber          %s\nrepresentative  %s\ntrade, item     %s, %s\nmail            %s\nstatus          %s %s\ntax office      %s\nprice list      %s\ncredit          %s of %s owed, %d days to pay\n",
		c.ID, c.Name, c.Registration, c.Representative, c.Trade, c.Item, c.Mail, c.Status, c.Reason, standing(c.Standing), c.Terms.PriceList, owed.Grouped(), c.Terms.CreditLimit.Grouped(), c.Terms.DaysToPay)
	for _, b := range buyers {
		fmt.Fprintf(o.out, "buyer           %s: %s\n", b.Customer, b.Roles)
	}
	return nil
}

func (o office) check(ctx context.Context, name string) error {
	c, err := o.find(ctx, name)
	if err != nil {
		return err
	}
	r := registrar(o.settings)
	if r == nil {
		return errors.New("--nts-service-key is not set: look at https://www.hometax.go.kr by hand")
	}
	s, err := r.Standing(ctx, c.Registration)
	if err != nil {
		return err
	}
	if err := o.companies.Stood(ctx, c.ID, s); err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "%s %s: %s\n", c.Registration, c.Name, s)
	return err
}

func (o office) decide(ctx context.Context, name string, to company.Status, reason string) error {
	c, err := o.find(ctx, name)
	if err != nil {
		return err
	}
	if err := o.companies.Decide(ctx, c.ID, to, reason); err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "%s %s is %s\n", c.Registration, c.Name, to)
	return err
}

func (o office) terms(ctx context.Context, a *Staff) error {
	c, err := o.find(ctx, a.Terms.Company)
	if err != nil {
		return err
	}
	t := c.Terms
	if a.Terms.Prices != nil {
		t.PriceList = *a.Terms.Prices
	}
	if a.Terms.Credit != nil {
		t.CreditLimit = money.Amount(*a.Terms.Credit)
	}
	if a.Terms.Days != nil {
		t.DaysToPay = *a.Terms.Days
	}
	if t.CreditLimit < 0 || t.CreditLimit > money.Max || t.DaysToPay < 0 || t.DaysToPay > 180 {
		return errors.New("--credit must be 0 or more, --days 0 to 180")
	}
	if err := o.companies.SetTerms(ctx, c.ID, t); err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.out, "%s %s: prices %q, credit %s, %d days to pay\n", c.Registration, c.Name, t.PriceList, t.CreditLimit.Grouped(), t.DaysToPay)
	return err
}

func (o office) prices(ctx context.Context, a *Staff) error {
	l := company.PriceList{}
	if a.Prices.File != "" {
		f, err := os.Open(a.Prices.File)
		if err != nil {
			return err
		}
		defer f.Close()
		if l, err = company.ReadPrices(f); err != nil {
			return fmt.Errorf("nothing was written:\n%w", err)
		}
	}
	l.Name, l.Percent = a.Prices.Name, a.Prices.Off
	if err := o.companies.PutPriceList(ctx, l); err != nil {
		return err
	}
	_, err := fmt.Fprintf(o.out, "price list %s: %d prices, %d minimum quantities, %d %% off the rest\n", l.Name, len(l.Entries), len(l.Leasts), l.Percent)
	return err
}

func (o office) taxInvoices(ctx context.Context, every, passOn bool) error {
	all, err := o.companies.TaxInvoices(ctx, every)
	if err != nil {
		return err
	}
	w := csv.NewWriter(o.out)
	w.Write([]string{"date", "order", "state", "registration", "name", "representative", "trade", "item", "mail", "description", "supply", "vat", "total"})
	var numbers []string
	for _, x := range all {
		b := x.Buyer
		w.Write([]string{x.SuppliedAt.In(order.Seoul).Format("2006-01-02"), x.Number, string(x.State), b.Registration.String(), cell(b.Name), cell(b.Representative), cell(b.Trade), cell(b.Item), cell(b.Mail),
			cell(x.Description), amount(x.Supply), amount(x.VAT), amount(x.Supply + x.VAT)})
		if x.State == business.TaxRequested {
			numbers = append(numbers, x.Number)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil || !passOn {
		return err
	}
	return o.companies.PassOn(ctx, numbers, time.Now())
}

func amount(a money.Amount) string { return strconv.FormatInt(int64(a), 10) }

// cell is a text that a spreadsheet must not take for a formula: it was typed by somebody else.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
