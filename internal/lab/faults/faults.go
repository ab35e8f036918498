//go:build linux

// Package faults breaks the architecture: by name, from one moment to another.
package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"myclothes/internal/lab/stack"
)

// World is what can be broken.
type World struct {
	Stack *stack.Stack
	Pay   func(results ...string) // what buyers choose at the payment page from now on; none is as usual
}

// Fault is one way to break something.
type Fault struct {
	Name   string
	KO, EN string
	Hold   time.Duration // how long it lasts in a schedule; 0: it is over by itself
	// Primary says that it takes the database's primary away: nobody buys meanwhile, and browsing goes on from replicas.
	Primary bool
	// Long says that it is for long runs only.
	Long bool
	// Clock says that it needs a program whose clock can be moved, which is in no schedule.
	Clock bool

	begin func(context.Context, *World, *rand.Rand) (what string, end func(context.Context) error, err error)
}

// String is what people call it.
func (f Fault) String() string { return fmt.Sprintf("%s (%s)", f.EN, f.Name) }

// Begun is a fault that has begun.
type Begun struct {
	Fault
	What string // what was broken: app-b
	end  func(context.Context) error
}

// Begin breaks something, chosen by chance where there is a choice.
func (f Fault) Begin(ctx context.Context, w *World, chance *rand.Rand) (Begun, error) {
	what, end, err := f.begin(ctx, w, chance)
	if err != nil {
		err = fmt.Errorf("%s: %w", f.Name, err)
	}
	return Begun{f, what, end}, err
}

// End mends it. What had to start again may take a while (stack.Whole).
func (b Begun) End(ctx context.Context) error {
	if b.end == nil {
		return nil
	}
	if err := b.end(ctx); err != nil {
		return fmt.Errorf("the end of %s: %w", b.Name, err)
	}
	return nil
}

// All are the faults that there are.
var All = []Fault{
	{Name: "instance-kill", KO: "인스턴스 강제 종료", EN: "an instance is killed", Hold: 4 * time.Second, begin: killInstance},
	{Name: "instance-drain", KO: "인스턴스 정상 종료 후 재시작", EN: "an instance drains and comes back", begin: drainInstance},
	{Name: "instance-hole", KO: "인스턴스 네트워크 블랙홀", EN: "an instance falls silent", Hold: 10 * time.Second, begin: instanceHole},
	{Name: "zone-cut", KO: "가용 영역 단절", EN: "a zone is cut off", Hold: 20 * time.Second, Primary: true, begin: cutZone},
	{Name: "zone-off", KO: "가용 영역 정전", EN: "a zone loses power", Hold: 20 * time.Second, Primary: true, begin: zoneOff},
	{Name: "primary-zone-off", KO: "주 데이터베이스가 있는 영역 정전", EN: "the primary's zone loses power", Hold: 40 * time.Second, Primary: true, begin: primaryZoneOff},
	{Name: "primary-pause-5", KO: "주 데이터베이스 5초 정지", EN: "the primary pauses for 5 s", Hold: 5 * time.Second, Primary: true, begin: pausePrimary},
	{Name: "primary-pause-35", KO: "주 데이터베이스 35초 정지", EN: "the primary pauses for 35 s", Hold: 35 * time.Second, Primary: true, begin: pausePrimary},
	{Name: "primary-pause-120", KO: "주 데이터베이스 120초 정지", EN: "the primary pauses for 120 s", Hold: 120 * time.Second, Primary: true, Long: true, begin: pausePrimary},
	{Name: "primary-kill", KO: "주 데이터베이스 강제 종료", EN: "the primary is killed", Hold: 30 * time.Second, Primary: true, begin: killPrimary},
	{Name: "replica-kill", KO: "복제본 강제 종료", EN: "a replica is killed", Hold: 5 * time.Second, begin: killReplica},
	{Name: "replica-lag", KO: "복제본 지연", EN: "a replica lags", Hold: 10 * time.Second, begin: lagReplica},
	{Name: "cache-kill", KO: "캐시 마스터 강제 종료", EN: "the cache's master is killed", Hold: 5 * time.Second, begin: killCache},
	{Name: "cache-pause", KO: "캐시 마스터 정지", EN: "the cache's master pauses", Hold: 10 * time.Second, begin: pauseCache},
	{Name: "cache-flush", KO: "캐시 비움", EN: "the cache is flushed", begin: flushCache},
	{Name: "cache-slow-5", KO: "캐시 5 ms 지연", EN: "the cache takes 5 ms more", Hold: 8 * time.Second, begin: slowCache(5 * time.Millisecond)},
	{Name: "cache-slow-50", KO: "캐시 50 ms 지연", EN: "the cache takes 50 ms more", Hold: 8 * time.Second, begin: slowCache(50 * time.Millisecond)},
	{Name: "cache-slow-500", KO: "캐시 500 ms 지연", EN: "the cache takes 500 ms more", Hold: 8 * time.Second, begin: slowCache(500 * time.Millisecond)},
	{Name: "loss-1", KO: "패킷 1 % 손실", EN: "1 % of packets are lost", Hold: 10 * time.Second, begin: lose(1)},
	{Name: "loss-5", KO: "패킷 5 % 손실", EN: "5 % of packets are lost", Hold: 10 * time.Second, begin: lose(5)},
	{Name: "connection-storm", KO: "연결 폭주 (3,000개)", EN: "3,000 connections are opened and held", Hold: 8 * time.Second, begin: storm},
	{Name: "pay-down", KO: "결제사 응답 없음", EN: "the payment provider falls silent", Hold: 8 * time.Second, begin: paymentsDown},
	{Name: "pay-timeout-after", KO: "승인 후 무응답", EN: "money is taken, no answer comes", Hold: 6 * time.Second, begin: pay("timeout_after")},
	{Name: "pay-timeout-before", KO: "승인 전 무응답", EN: "no answer comes, no money is taken", Hold: 6 * time.Second, begin: pay("timeout_before")},
	{Name: "pay-error", KO: "승인 오류", EN: "the provider answers 500, before or after", Hold: 6 * time.Second, begin: pay("error", "error_after")},
	{Name: "pay-slow", KO: "느린 승인", EN: "payments take 3 s", Hold: 6 * time.Second, begin: pay("slow")},
	{Name: "pay-refuse", KO: "승인 거절", EN: "payments are refused", Hold: 6 * time.Second, begin: pay("decline_at_confirm", "decline")},
	{Name: "webhook-twice", KO: "웹훅 중복·지연", EN: "webhooks come three times, and late", Hold: 8 * time.Second, begin: webhooks(twice)},
	{Name: "webhook-early", KO: "이른 웹훅", EN: "webhooks say DONE before anybody paid", Hold: 8 * time.Second, begin: webhooks(early)},
	{Name: "webhook-against", KO: "모순된 웹훅", EN: "webhooks say DONE, and ABORTED 46 ms later", Hold: 8 * time.Second, begin: webhooks(against)},
	{Name: "clock-forward", KO: "인스턴스 시계 5분 빠르게", EN: "an instance's clock jumps 5 minutes ahead", Hold: 15 * time.Second, Clock: true, begin: jump(5 * time.Minute)},
	{Name: "clock-back", KO: "인스턴스 시계 5분 느리게", EN: "an instance's clock jumps 5 minutes back", Hold: 15 * time.Second, Clock: true, begin: jump(-5 * time.Minute)},
	{Name: "rolling-restart", KO: "순차 배포", EN: "every instance is replaced, one after another", begin: rollingRestart},
	{Name: "key-rotation", KO: "봉인 키 교체", EN: "the sealing key changes, in two rollings", begin: rotateKeys},
}

// Find finds a fault by its name.
func Find(name string) (Fault, error) {
	for _, f := range All {
		if f.Name == name {
			return f, nil
		}
	}
	return Fault{}, errors.New("there is no fault " + name)
}

func pick[T any](chance *rand.Rand, all []T) T { return all[chance.IntN(len(all))] }
