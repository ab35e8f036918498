import { RemovalPolicy, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * Carts in DynamoDB: one item per cart, as internal/home/dynamo makes it. It is there in every deployment, for it costs nothing while nobody asks it and a move
 * of carts needs both homes at once.
 */
export class CartsTable extends Construct {
  readonly table: dynamodb.TableV2;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    this.table = new dynamodb.TableV2(this, 'Table', {
      tableName: name,
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expires',
      billing: dynamodb.Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: dynamodb.TableEncryptionV2.awsManagedKey(),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
