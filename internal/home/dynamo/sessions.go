package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"myclothes/internal/session"
)

// A session is an item of the same table:
//
//	id        S   "session:" and the session.Key of the token
//	session   S   the record, as session.Record.Text writes it
//	expires   N   seconds since 1970, as of carts
const sessionPrefix = "session:"

// Sessions is the store of sessions in the same table, with the same budget.
type Sessions struct{ h *Home }

var _ session.Store = Sessions{}

// Sessions returns the store of sessions in the home's table.
func (h *Home) Sessions() Sessions { return Sessions{h} }

// Name is the setting's value that chooses this store.
func (s Sessions) Name() string { return "dynamodb" }

func sessionKey(c session.Carried) session.Key { return sessionPrefix + c.Visitor.Key() }

func (s Sessions) Open(ctx context.Context, c session.Carried) (session.Record, session.Carried, error) {
	if !c.Visitor.SignedIn() {
		return session.Record{}, c, nil
	}
	inner, cancel := context.WithTimeout(ctx, s.h.o.Budget)
	defer cancel()
	i, err := s.h.get(inner, sessionKey(c))
	if err != nil {
		return session.Record{}, c, judge(ctx, err)
	}
	now := s.h.o.Now()
	expires, _ := integer(i["expires"])
	text, ok := i["session"].(*types.AttributeValueMemberS)
	if !ok || expires <= now.Unix() {
		return session.Record{}, c, nil
	}
	r := session.ParseRecord(text.Value)
	if r.Over(now) {
		return session.Record{}, c, nil
	}
	if expires < now.Add(session.Idle-session.Renew).Unix() {
		s.renew(inner, c, expires)
	}
	return r, c, nil
}

// renew keeps a session that was looked at for longer. It is no loss if that does not succeed.
func (s Sessions) renew(ctx context.Context, c session.Carried, was int64) {
	_, _ = s.h.db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.h.o.Table, Key: item{"id": text(string(sessionKey(c)))}, UpdateExpression: aws.String("SET #e = :e"), ConditionExpression: aws.String("#e = :was"),
		ExpressionAttributeNames: map[string]string{"#e": names["#e"]}, ExpressionAttributeValues: item{":e": number(s.expires()), ":was": number(was)},
	})
}

func (s Sessions) expires() int64 { return s.h.o.Now().Add(session.Idle).Unix() }

func (s Sessions) File(ctx context.Context, c session.Carried, r session.Record) (session.Carried, error) {
	return c, s.write(ctx, func(ctx context.Context) error {
		_, err := s.h.db.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.h.o.Table, Item: item{
			"id": text(string(sessionKey(c))), "session": text(r.Text()), "expires": number(s.expires()),
		}})
		return err
	})
}

func (s Sessions) End(ctx context.Context, c session.Carried) (session.Carried, error) {
	if c.Visitor == "" {
		return c.Guest(), nil
	}
	err := s.write(ctx, func(ctx context.Context) error {
		_, err := s.h.db.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &s.h.o.Table, Key: item{"id": text(string(sessionKey(c)))}})
		return err
	})
	if err != nil {
		return c, err
	}
	return c.Guest(), nil
}

// write makes a change that may be made twice, within the budget.
func (s Sessions) write(ctx context.Context, send func(context.Context) error) error {
	inner, cancel := context.WithTimeout(ctx, s.h.o.Budget)
	defer cancel()
	_, err := again(inner, s.h, func(ctx context.Context) (struct{}, error) { return struct{}{}, send(ctx) })
	return judge(ctx, err)
}
