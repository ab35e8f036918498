import { aws_rds as rds, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './checks.ts';
import { Rotation } from './rotation.ts';

/** Everything that is neither a letter nor a digit: passwords travel in addresses, where these would have to be escaped. */
export const signs = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** What nobody may read but instances. Each is called PREFIX/NAME, which is how a setting names it: @{NAME} or @{NAME:FIELD}. */
export class Secrets extends Construct {
  readonly owner: rds.DatabaseSecret;
  readonly database: rds.DatabaseSecret;
  readonly sealKeys: secretsmanager.Secret;
  readonly byOperator: secretsmanager.Secret[];

  constructor(
    scope: Construct,
    id: string,
    private readonly prefix: string,
  ) {
    super(scope, id);
    this.owner = new rds.DatabaseSecret(this, 'Owner', { secretName: `${prefix}/owner`, username: 'owner', excludeCharacters: signs });
    this.database = new rds.DatabaseSecret(this, 'Database', {
      secretName: `${prefix}/database`,
      username: 'shop',
      masterSecret: this.owner,
      excludeCharacters: signs,
    });
    this.sealKeys = this.generated('secret-keys', 'The first rotation, which is at once, makes keys of this.');
    new Rotation(this, 'SealKeys', { secret: this.sealKeys, kind: 'seal-keys' });
    this.byOperator = [this.generated('toss-secret-key', 'Put the live key here.'), this.generated('smtp', 'Put smtp://user:password@host:587 here.')];
    for (const secret of this.byOperator) {
      acknowledge(secret, 'AwsSolutions-SMG4', 'Somebody else gives it out: the operator puts a new one in by hand, as docs/deploy.md says.');
    }
  }

  /** A secret that begins as letters and digits. */
  generated(name: string, description: string): secretsmanager.Secret {
    return new secretsmanager.Secret(this, name, {
      secretName: `${this.prefix}/${name}`,
      description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
  }
}
