// Package ntssim is a server that speaks the status service of the National Tax Service, for the demo and for tests. It was made from the portal's description and has not been held
// against the real service. Every well-formed number trades, but for those below.
package ntssim

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Numbers with a standing of their own; all pass the check digit.
const (
	Resting      = "1248100998"
	Closed       = "2118879575"
	Unregistered = "1208800767"
)

// Key is the service key that it takes.
const Key = "simulator+key/=="

// Mode is how the server behaves.
type Mode string

// The modes.
const (
	Well   Mode = ""
	Down   Mode = "down"   // 503, as during the portal's maintenance
	Slow   Mode = "slow"   // answers after a caller has given up
	Broken Mode = "broken" // answers something else
)

// Server is the stand-in. The zero Server is ready and well.
type Server struct {
	mu   sync.Mutex
	mode Mode
}

// Behave changes how it behaves from now on.
func (s *Server) Behave(m Mode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode = m
}

func (s *Server) behaviour() Mode {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mode
}

type row struct {
	Number string `json:"b_no"`
	Words  string `json:"b_stt"`
	Code   string `json:"b_stt_cd"`
	Tax    string `json:"tax_type"`
}

// ServeHTTP answers POST /api/nts-businessman/v1/status.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch s.behaviour() {
	case Down:
		http.Error(w, `{"code":-5,"msg":"SERVICE TEMPORARILY UNAVAILABLE"}`, http.StatusServiceUnavailable)
		return
	case Slow:
		io.Copy(io.Discard, r.Body) // who has read everything hears when the caller goes
		select {
		case <-r.Context().Done():
		case <-time.After(time.Minute):
		}
		return
	case Broken:
		w.Write([]byte("<html>점검 중입니다</html>"))
		return
	}
	if r.Method != http.MethodPost || r.URL.Path != "/api/nts-businessman/v1/status" {
		http.NotFound(w, r)
		return
	}
	if r.URL.Query().Get("serviceKey") != Key {
		answer(w, http.StatusUnauthorized, map[string]any{"code": -401, "msg": "유효하지 않은 인증키입니다."})
		return
	}
	var in struct {
		Numbers []string `json:"b_no"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&in); err != nil || len(in.Numbers) == 0 {
		answer(w, http.StatusBadRequest, map[string]any{"status_code": "BAD_JSON_REQUEST"})
		return
	}
	if len(in.Numbers) > 100 {
		answer(w, http.StatusRequestEntityTooLarge, map[string]any{"status_code": "TOO_LARGE_REQUEST"})
		return
	}
	rows, found := []row{}, 0
	for _, n := range in.Numbers {
		x := look(strings.ReplaceAll(n, "-", ""))
		if x.Code != "" {
			found++
		}
		rows = append(rows, x)
	}
	answer(w, http.StatusOK, map[string]any{"request_cnt": len(rows), "match_cnt": found, "status_code": "OK", "data": rows})
}

func look(n string) row {
	switch n {
	case Resting:
		return row{n, "휴업자", "02", "부가가치세 일반과세자"}
	case Closed:
		return row{n, "폐업자", "03", "부가가치세 일반과세자"}
	case Unregistered:
		return row{n, "", "", "국세청에 등록되지 않은 사업자등록번호입니다."}
	}
	return row{n, "계속사업자", "01", "부가가치세 일반과세자"}
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
