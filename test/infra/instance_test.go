package infra

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"myclothes/internal/testenv"
	"myclothes/test/shoptest"
)

// odd has every sign that a shell or systemd could take for something else.
const odd = `마이클로즈 "본점" $HOME ${x} \ \" ` + "`id`" + ` %n 'a' # = ; &`

// instance is the machine as install.sh leaves it, with AWS around it.
type instance struct {
	*cloud
	t *testing.T
	unit
	etc, run string
}

// TestInside is run by TestInstance, in its namespace.
func TestInside(t *testing.T) {
	prepared := os.Getenv(inside)
	if prepared == "" {
		return // TestInstance runs it
	}
	dir := t.TempDir()
	i := &instance{cloud: newCloud(t, dir), t: t, unit: readUnit(t, "myclothes.service"), etc: filepath.Join(dir, "etc"), run: filepath.Join(dir, "run")}
	root, err := shoptest.Root()
	if err != nil {
		t.Fatal(err)
	}
	must(t, exec.Command("install", "-D", filepath.Join(prepared, "myclothes"), "/opt/myclothes/myclothes"))
	must(t, exec.Command("cp", "-r", filepath.Join(root, "deploy", "aws"), "/opt/myclothes/aws"))
	i.verify()
	x := templates(t)[0]
	i.database(x)
	i.secrets()

	i.boot(x, "ACT=migrate")
	for range 2 { // a second time changes nothing
		i.script("schema.sh")
	}
	i.boot(x, "ACT=serve")
	i.settings(x)
	shop := i.start()
	i.drain(shop)
}

// verify has systemd read the units, where it is installed.
func (i *instance) verify() {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		i.t.Log("systemd-analyze is not here: the units were read by this test alone")
		return
	}
	for _, name := range []string{"myclothes.service", "myclothes-drain.service"} {
		if out := must(i.t, exec.Command(analyze, "verify", "--man=no", "/opt/myclothes/aws/"+name)); out != "" {
			i.t.Errorf("%s: %s", name, out)
		}
	}
	must(i.t, exec.Command(analyze, "security", "--offline=true", "--threshold=20", "/opt/myclothes/aws/myclothes.service")) // 2.0 of 10
}

// database starts PostgreSQL with an owner who is no superuser, as on RDS, and says where it is in every parameter of the template that names it.
func (i *instance) database(x *template) {
	server, err := testenv.StartPostgres()
	if err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(server.Stop)
	psql := func(user, text string) {
		must(i.t, exec.Command("psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", text, fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres", user, server.Port)))
	}
	psql("shop", `CREATE ROLE root SUPERUSER LOGIN`)
	psql("root", `ALTER ROLE shop RENAME TO first`) // the name is wanted for the shop's own user
	psql("root", `CREATE ROLE owner LOGIN CREATEDB CREATEROLE`)

	elsewhere := regexp.MustCompile(`@«[^»]+»:5432/`)
	for _, path := range []string{"/myclothes/stack", "/myclothes/migration"} {
		for name, value := range parameters(x, path) {
			value = elsewhere.ReplaceAllString(value, fmt.Sprintf("@127.0.0.1:%d/", server.Port))
			value = strings.ReplaceAll(value, "sslmode=verify-full&sslrootcert=/etc/myclothes/rds.pem", "sslmode=disable")
			i.parameter(path, name, value)
		}
	}
}

// secrets are what Secrets Manager has, one of them still on its way, and what the operator put in.
func (i *instance) secrets() {
	i.secret("owner", `{"username": "owner", "password": "Owner1"}`)
	i.secret("database", `{"dbClusterIdentifier": "x", "password": "Shop1", "engine": "postgres", "username":"shop"}`)
	i.secret("secret-keys", "notyetakeyring", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= k2:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	i.secret("aws", "generated", `{"id":"AKIAEXAMPLE","secret":"abc/def+ghi"}`)
	i.secret("toss-secret-key", "test_sk_rehearsal")
	i.secret("smtp", "smtp://user:p%40ss@127.0.0.1:2525")
	for name, value := range map[string]string{
		"toss-client-key": "test_ck_rehearsal", "toss-base-url": "http://127.0.0.1:9", "mail-from": "마이클로즈 <shop@myclothes.example>",
		"media":       "file:" + i.dir + "/media", // over the stack's: what the operator says wins
		"seller-name": odd, "seller-representative": "김하루", "seller-address": "서울특별시 중구 세종대로 110", "seller-phone": "02-0000-0000",
		"seller-email": "help@myclothes.example", "seller-business-number": "123-45-67891", "seller-mail-order": "제2026-서울중구-0000호", "seller-privacy-officer": "이보람",
	} {
		i.parameter("/myclothes/operator", name, value)
	}
}

// boot writes instance.env by the very line of the launch template's user data, and adds what install.sh adds.
func (i *instance) boot(x *template, act string) {
	i.t.Helper()
	for _, l := range x.all("AWS::EC2::LaunchTemplate") {
		data := flat(dig(i.t, l.Properties, "LaunchTemplateData", "UserData"))
		for line := range strings.SplitSeq(data, "\n") {
			if strings.HasPrefix(line, "printf ") && strings.Contains(line, " "+act+" ") {
				file := filepath.Join(i.etc, "instance.env")
				must(i.t, exec.Command("mkdir", "-p", i.etc))
				line = strings.NewReplacer("/etc/myclothes/instance.env", file, "«", "", "»", "").Replace(line)
				must(i.t, exec.Command("bash", "-c", line+"\nprintf 'ZONE=%s\\nINSTANCE=%s\\n' ap-northeast-2a i-0123456789abcdef0 >>"+file))
				return
			}
		}
	}
	i.t.Fatalf("no launch template says %s", act)
}

// command is a script as the instance runs it; AWS's command and systemd's are the ones of this test.
func (i *instance) command(path string) *exec.Cmd {
	cmd := exec.Command(path)
	cmd.Env = []string{"PATH=" + filepath.Join(i.dir, "bin") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "FAKE=" + i.dir, "MYCLOTHES_ETC=" + i.etc, "MYCLOTHES_RUN=" + i.run,
		"PAUSE_SECONDS=0.1", "POLL_SECONDS=0.2", "HEARTBEAT_SECONDS=2", "KILL_SIGNAL=" + strings.TrimPrefix(i.one(i.t, "KillSignal"), "SIG"), "TIMEOUT_STOP_SEC=" + i.one(i.t, "TimeoutStopSec")}
	cmd.Dir = i.dir
	return cmd
}

func (i *instance) script(name string) {
	i.t.Helper()
	i.t.Logf("%s: %s", name, must(i.t, i.command("/opt/myclothes/aws/"+name)))
}

// settings runs what the unit runs before the shop, and looks at what it wrote.
func (i *instance) settings(x *template) {
	i.refused()
	must(i.t, i.command(strings.TrimPrefix(i.one(i.t, "ExecStartPre"), "+")))
	file := i.environmentFile()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		i.t.Errorf("%s: %v, %v", file, info.Mode(), err)
	}
	env := environment(i.t, file)
	for name, want := range map[string]string{
		"MYCLOTHES_SELLER_NAME": odd, "MYCLOTHES_ZONE": "ap-northeast-2a", "MYCLOTHES_INSTANCE": "i-0123456789abcdef0", "MYCLOTHES_MEDIA": "file:" + i.dir + "/media",
		"MYCLOTHES_SECRET_KEYS": "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= k2:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
		"AWS_ACCESS_KEY_ID":     "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "abc/def+ghi", "MYCLOTHES_SMTP": "smtp://user:p%40ss@127.0.0.1:2525",
		"MYCLOTHES_CART_HOME": parameters(x, "/myclothes/stack")["cart-home"],
	} {
		if env[name] != want {
			i.t.Errorf("%s is %q and not %q", name, env[name], want)
		}
	}
	if got := env["MYCLOTHES_DATABASE"]; !strings.HasPrefix(got, "postgres://shop:Shop1@127.0.0.1:") {
		i.t.Errorf("MYCLOTHES_DATABASE is %q", got)
	}
	// A shell reads the file as systemd does: schema.sh relies on it.
	sh := exec.Command("bash", "-c", `. "$0"; printf %s "$MYCLOTHES_SELLER_NAME"`, file)
	if got := must(i.t, sh); got != odd {
		i.t.Errorf("a shell reads %q", got)
	}
}

// refused: where a secret does not come, the shop must not start on half of its settings.
func (i *instance) refused() {
	i.parameter("/myclothes/operator", "otlp-endpoint", "@{aws:nothing}")
	defer os.Remove(filepath.Join(i.dir, "parameters/myclothes/operator/otlp-endpoint"))
	cmd := i.command("/opt/myclothes/aws/settings.sh")
	cmd.Env = append(cmd.Env, "PATIENCE_SECONDS=1", "MYCLOTHES_RUN="+filepath.Join(i.dir, "refused"))
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the secret myclothes/aws has no nothing that can be used") {
		i.t.Errorf("settings.sh: %v: %s", err, out)
	}
	if _, err := os.Stat(filepath.Join(i.dir, "refused", "settings.env")); err == nil {
		i.t.Error("settings.sh left half of the settings")
	}
}

// environmentFile is the unit's, in this test's place.
func (i *instance) environmentFile() string {
	return filepath.Join(i.run, strings.TrimPrefix(strings.TrimPrefix(i.one(i.t, "EnvironmentFile"), "-"), "/run/myclothes/"))
}

const shopURL = "http://127.0.0.1:8080"

// start runs the unit's command line with the environment from its file and nothing else, as a user without rights, and waits until it serves.
func (i *instance) start() *exec.Cmd {
	line := strings.Fields(i.one(i.t, "ExecStart"))
	cmd := exec.Command(line[0], line[1:]...)
	for name, value := range environment(i.t, i.environmentFile()) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	const nobody = 65534
	cmd.Dir = filepath.Join(i.dir, "state")
	must(i.t, exec.Command("install", "-d", "-o", "65534", "-g", "65534", cmd.Dir, filepath.Join(i.dir, "media")))
	for dir := i.dir; dir != "/"; dir = filepath.Dir(dir) { // a test's own folders are closed to others
		if info, err := os.Stat(dir); err == nil && strings.HasPrefix(dir, os.TempDir()+"/") && info.Mode().Perm()&0o001 == 0 {
			must(i.t, exec.Command("chmod", "o+x", dir))
		}
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}, Pdeathsig: syscall.SIGKILL}
	log, err := os.Create(filepath.Join(i.dir, "shop.log"))
	if err != nil {
		i.t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(func() {
		cmd.Process.Kill()
		if text, _ := os.ReadFile(log.Name()); i.t.Failed() {
			i.t.Logf("log of the shop:\n%s", text)
		}
	})
	i.write("pid", fmt.Sprint(cmd.Process.Pid), 0o644)
	shoptest.Await(i.t, time.Minute, "the shop opens", func() error { return status("/healthz", http.StatusOK) })
	return cmd
}

// status asks over a connection of its own, as a load balancer's check does.
func status(path string, want int) error {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	resp, err := client.Get(shopURL + path)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != want {
		return fmt.Errorf("%s answers %s and not %d", path, resp.Status, want)
	}
	return nil
}

// drain has the group want the instance gone while a request is half sent, and watches how it goes.
func (i *instance) drain(shop *exec.Cmd) {
	ended := make(chan error, 1)
	go func() { ended <- shop.Wait() }()
	hook := i.command(readUnit(i.t, "myclothes-drain.service").one(i.t, "ExecStart"))
	var out strings.Builder
	hook.Stdout, hook.Stderr = &out, &out
	if err := hook.Start(); err != nil {
		i.t.Fatal(err)
	}
	i.t.Cleanup(func() { hook.Process.Kill() })
	time.Sleep(time.Second) // the hook asks five times a second, and must do nothing
	if got := i.calls(); strings.Contains(got, "lifecycle") {
		i.t.Fatalf("the hook acted though nobody asked: %s", got)
	}
	request := halfSent(i.t)
	began := time.Now()
	i.tell("Terminated")
	shoptest.Await(i.t, 10*time.Second, "the health check fails", func() error { return status("/healthz", http.StatusServiceUnavailable) })
	failed := time.Since(began)
	if err := status("/", http.StatusOK); err != nil {
		i.t.Errorf("visitors are turned away before the load balancer can know: %v", err)
	}
	if got := request.finish(); !strings.Contains(got, " 404 ") { // there are no goods, and so no such SKU
		i.t.Errorf("the request in flight was answered %q", got)
	}
	select {
	case err := <-ended:
		if err != nil {
			i.t.Errorf("the shop ended with %v", err)
		}
	case <-time.After(time.Minute):
		i.t.Fatal("the shop did not end")
	}
	i.t.Logf("health check failed after %s, the shop ended after %s", failed.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
	if err := hook.Wait(); err != nil {
		i.t.Errorf("the hook ended with %v: %s", err, out.String())
	}
	i.judge(i.calls())
}

// judge: the group was told that the instance is still at it, and then, once the shop had ended, that it may go on.
func (i *instance) judge(calls string) {
	about := " --auto-scaling-group-name myclothes --lifecycle-hook-name closing --instance-id i-0123456789abcdef0"
	beat := strings.Index(calls, "autoscaling record-lifecycle-action-heartbeat"+about+"\n")
	stopped := strings.Index(calls, "stopped\n")
	done := strings.Index(calls, "autoscaling complete-lifecycle-action"+about+" --lifecycle-action-result CONTINUE\n")
	if beat < 0 || stopped < beat || done < stopped {
		i.t.Errorf("the group was told:\n%s", calls)
	}
}

// half is a request whose second half is still to come.
type half struct {
	t    *testing.T
	conn net.Conn
}

const body = `{"sku":"NOTHING","quantity":1}`

func halfSent(t *testing.T) half {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(shopURL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "POST /api/v1/cart/lines HTTP/1.1\r\nHost: myclothes.example\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:10])
	time.Sleep(200 * time.Millisecond) // until the shop has begun with it
	return half{t, conn}
}

// finish sends the rest and returns the first line of the answer.
func (h half) finish() string {
	h.t.Helper()
	h.conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := h.conn.Write([]byte(body[10:])); err != nil {
		return err.Error()
	}
	line, err := bufio.NewReader(h.conn).ReadString('\n')
	if err != nil {
		return err.Error()
	}
	return line
}
