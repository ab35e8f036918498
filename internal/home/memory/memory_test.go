package memory

import (
	"testing"

	"myclothes/internal/cart/carttest"
)

func TestHome(t *testing.T) { carttest.Run(t, New()) }
