package main

import (
	"log"
	"net/http"
	"os"
	"strconv"
)

// serveBare is the limit: net/http and nothing else, writing the bytes of the files that the environment names.
func serveBare(addr string) {
	mux := http.NewServeMux()
	for _, page := range []string{"product", "category"} {
		body, err := os.ReadFile(os.Getenv("BENCH_" + page))
		if err != nil {
			log.Fatal(err)
		}
		mux.HandleFunc("GET /"+page, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.Write(body)
		})
	}
	log.Fatal(http.ListenAndServe(addr, mux))
}
