// Command docs writes the documents that are made from the code. Run it in the module's folder: make docs.
package main

import (
	"fmt"
	"os"

	"myclothes/internal/config"
)

func main() {
	if err := write("docs", "docs/config.md", config.Markdown()); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func write(folder, path, text string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
