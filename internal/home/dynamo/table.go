package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// making is how long a new table may take to be there.
const making = time.Minute

// create makes the table where it is missing and has DynamoDB delete expired carts. Several instances may do so at once.
func (h *Home) create(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, making)
	defer cancel()
	_, err := again(ctx, h, func(ctx context.Context) (*dynamodb.CreateTableOutput, error) {
		return h.db.CreateTable(ctx, &dynamodb.CreateTableInput{
			TableName: &h.o.Table, BillingMode: types.BillingModePayPerRequest,
			AttributeDefinitions: []types.AttributeDefinition{{AttributeName: aws.String("id"), AttributeType: types.ScalarAttributeTypeS}},
			KeySchema:            []types.KeySchemaElement{{AttributeName: aws.String("id"), KeyType: types.KeyTypeHash}},
		})
	})
	var exists *types.ResourceInUseException
	if err != nil && !errors.As(err, &exists) {
		return fmt.Errorf("dynamodb: making the table: %w", judge(ctx, err))
	}
	there := dynamodb.NewTableExistsWaiter(h.db, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay, o.MaxDelay = 50*time.Millisecond, time.Second })
	if err := there.Wait(ctx, &dynamodb.DescribeTableInput{TableName: &h.o.Table}, making); err != nil {
		return fmt.Errorf("dynamodb: waiting for the table: %w", err)
	}
	return h.sweep(ctx)
}

// sweep turns the deleting of expired carts on. A compatible server may not know it, and need not: they count as gone anyway.
func (h *Home) sweep(ctx context.Context) error {
	_, err := again(ctx, h, func(ctx context.Context) (*dynamodb.UpdateTimeToLiveOutput, error) {
		return h.db.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{TableName: &h.o.Table,
			TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String("expires"), Enabled: aws.Bool(true)}})
	})
	var answer smithy.APIError
	if errors.As(err, &answer) && (answer.ErrorCode() == "UnknownOperationException" || answer.ErrorCode() == "ValidationException") { // or it is on already
		return nil
	}
	if err != nil {
		return fmt.Errorf("dynamodb: having expired carts deleted: %w", judge(ctx, err))
	}
	return nil
}
