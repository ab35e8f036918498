// Package nts asks the National Tax Service how businesses stand, by the status service of the public data portal (data.go.kr, 국세청_사업자등록정보 진위확인 및 상태조회,
// "상태조회"). It asks about one number at a time and never asks again by itself: an applicant is waiting, and staff can.
package nts

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"myclothes/internal/company"
)

// Options say whom to ask.
type Options struct {
	BaseURL string        // https://api.odcloud.kr
	Key     string        // the portal's service key, decoded
	Timeout time.Duration // of one question
}

// Registrar asks the service. Safe for concurrent use.
type Registrar struct {
	address string
	client  *http.Client
}

var _ company.Registrar = (*Registrar)(nil)

// New makes a registrar. Nothing is asked yet.
func New(o Options) *Registrar {
	return &Registrar{o.BaseURL + "/api/nts-businessman/v1/status?serviceKey=" + url.QueryEscape(o.Key), &http.Client{Timeout: o.Timeout}}
}

// maxAnswer bounds what is read of an answer, which has some hundred bytes.
const maxAnswer = 64 << 10

// Standing implements company.Registrar. Its errors name neither the key nor the number.
func (r *Registrar) Standing(ctx context.Context, n company.Registration) (company.Standing, error) {
	body, err := json.Marshal(map[string][]string{"b_no": {string(n)}})
	if err != nil {
		return company.Unasked, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.address, bytes.NewReader(body))
	if err != nil {
		return company.Unasked, fmt.Errorf("nts: the address cannot be asked")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := r.client.Do(req)
	if err != nil {
		return company.Unasked, fmt.Errorf("nts: no answer: %w", bare(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return company.Unasked, fmt.Errorf("nts: answered %s", resp.Status)
	}
	return read(io.LimitReader(resp.Body, maxAnswer), n)
}

// bare is an error of the client without the address, which holds the key.
func bare(err error) error {
	if u, ok := err.(*url.Error); ok {
		return u.Err
	}
	return err
}

// standings are by b_stt_cd. It is empty for a number that no business has.
var standings = map[string]company.Standing{"": company.Unregistered, "01": company.Trading, "02": company.Resting, "03": company.Closed}

func read(r io.Reader, n company.Registration) (company.Standing, error) {
	var in struct {
		Status string `json:"status_code"`
		Data   []struct {
			Number string  `json:"b_no"`
			Code   *string `json:"b_stt_cd"`
		} `json:"data"`
	}
	if err := json.NewDecoder(r).Decode(&in); err != nil {
		return company.Unasked, fmt.Errorf("nts: the answer cannot be read: %w", err)
	}
	if in.Status != "OK" || len(in.Data) != 1 || in.Data[0].Number != string(n) || in.Data[0].Code == nil {
		return company.Unasked, fmt.Errorf("nts: the answer %q is not about the number", in.Status)
	}
	s, ok := standings[*in.Data[0].Code]
	if !ok {
		return company.Unasked, fmt.Errorf("nts: the standing %q is not known", *in.Data[0].Code)
	}
	return s, nil
}
