// Command docs writes docs/config.md from the settings.
package main

import (
	"log"
	"os"

	"myclothes/internal/config"
)

func main() {
	if err := os.WriteFile("docs/config.md", []byte(config.Markdown()), 0o644); err != nil {
		log.Fatal(err)
	}
}
