package dynamo

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"myclothes/internal/cart"
)

func TestParse(t *testing.T) {
	for address, want := range map[string]Options{
		"dynamodb://ap-northeast-2/carts":                                            {Region: "ap-northeast-2", Table: "carts"},
		"dynamodb://local/c_a.r-ts?endpoint=http://127.0.0.1:4567&create=true":       {Region: "local", Table: "c_a.r-ts", Endpoint: "http://127.0.0.1:4567", Create: true},
		"dynamodb://local/carts?create=false&budget=500ms&keep=720h":                 {Region: "local", Table: "carts", Budget: 500 * time.Millisecond, Keep: 720 * time.Hour},
		"dynamodb://us-gov-west-1/carts?endpoint=https%3A%2F%2Fvpce.example.com%2Fx": {Region: "us-gov-west-1", Table: "carts", Endpoint: "https://vpce.example.com/x"},
	} {
		got, err := Parse(address)
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(Options{}, "Now")); err != nil || d != "" {
			t.Errorf("%s: %v (-want +got):\n%s", address, err, d)
		}
	}
	for _, address := range []string{
		"", "dynamo://r/t", "dynamodb://", "dynamodb://region", "dynamodb://region/", "dynamodb:///table", "dynamodb://region/no", "dynamodb://region/a/b",
		"dynamodb://KEY:hunter2@region/table", "dynamodb://region/table?create=perhaps", "dynamodb://region/table?endpoint=here", "dynamodb://region/table?endpoint=ftp://h",
		"dynamodb://region/table?endpoint=http://u:hunter2@h", "dynamodb://region/table?budget=soon", "dynamodb://region/table?x=1", "dynamodb://region/table?%zz",
		"dynamodb://region/table?keep=-1h",
	} {
		if _, err := Parse(address); err == nil {
			t.Errorf("%s is an address", address)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error quotes the password: %v", address, err)
		}
	}
	if _, err := Open(ctx, Options{}); err == nil {
		t.Error("no address is an address")
	}
}

func TestCredentials(t *testing.T) {
	dir := t.TempDir()
	for name, value := range map[string]string{"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_SHARED_CREDENTIALS_FILE": dir + "/credentials", "AWS_CONFIG_FILE": dir + "/config"} {
		t.Setenv(name, value)
	}
	given := func(o Options) (aws.Credentials, error) {
		p, err := found(ctx, o)
		if err != nil {
			return aws.Credentials{}, err
		}
		return p.Retrieve(ctx)
	}
	of, compatible := Options{Region: "ap-northeast-2"}, Options{Region: "ap-northeast-2", Endpoint: "http://127.0.0.1:1"}
	if _, err := given(of); err == nil {
		t.Error("AWS itself wants real ones")
	}
	if c, err := given(compatible); err != nil || !c.HasKeys() {
		t.Errorf("a compatible server: %v", err)
	}
	if err := os.WriteFile(dir+"/credentials", []byte("[default]\naws_access_key_id = file\naws_secret_access_key = secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := given(of); err != nil || c.AccessKeyID != "file" {
		t.Errorf("the shared file's: %v, %v", c.AccessKeyID, err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "id")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	for _, o := range []Options{of, compatible} {
		if c, err := given(o); err != nil || c.AccessKeyID != "id" || c.SecretAccessKey != "secret" {
			t.Errorf("the environment's: %v", err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"dynamodb://r/table", "dynamodb://r/table?endpoint=http://h:1&create=true", "dynamodb://r/table?keep=1h;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		if o, err := Parse(address); err == nil && (o.Region == "" || o.Table == "" || o.complete() != nil) {
			t.Errorf("%q: %+v", address, o)
		}
	})
}

// value makes an attribute of any type out of a few bytes.
func value(kind byte, s string, depth int) types.AttributeValue {
	switch kind % 10 {
	case 0:
		return nil
	case 1:
		return text(s)
	case 2:
		return &types.AttributeValueMemberB{Value: []byte(s)}
	case 3:
		return &types.AttributeValueMemberBOOL{}
	case 4:
		return &types.AttributeValueMemberL{Value: []types.AttributeValue{number(1)}}
	case 5:
		return (*types.AttributeValueMemberM)(nil)
	case 6:
		return (*types.AttributeValueMemberN)(nil)
	case 7, 8:
		if depth > 0 {
			return hash(item{skuPrefix + s: value(kind/10, s, depth-1), s: value(kind/3, s, depth-1)})
		}
	}
	return &types.AttributeValueMemberN{Value: s}
}

// FuzzDecode: whatever an item holds, lines are within the limits, no SKU comes twice, and nothing panics.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{98, 98, 98, 9, 9}, "5")
	f.Add([]byte{7, 7, 7, 6, 0}, "1e400")
	f.Fuzz(func(t *testing.T, kinds []byte, s string) {
		i, now := item{}, time.Unix(0, 0)
		for n, name := range []string{"quantity", "position", "marks", "last", "expires"} {
			if n < len(kinds) {
				i[name] = value(kinds[n], s, 2)
			}
		}
		stale(i, now)
		mark(s).isIn(i)
		quantity(i, s)
		seen := map[string]bool{}
		for _, l := range decode(i, now).Lines {
			if seen[l.SKU] || l.Quantity < 1 || l.Quantity > cart.MaxQuantity {
				t.Errorf("%+v", l)
			}
			seen[l.SKU] = true
		}
	})
}
