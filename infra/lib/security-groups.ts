import { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type Edge, architecture } from './architecture.ts';
import { acknowledge } from './checks.ts';

/**
 * The chain: one group per part, one rule at each end of every edge, all of them from deploy/architecture.json.
 * The other constructs get groups that cannot be changed, so that no rule comes from elsewhere.
 */
export class SecurityGroups extends Construct {
  private readonly groups = new Map<string, ec2.SecurityGroup>();
  private readonly fixed = new Map<string, ec2.ISecurityGroup>();

  constructor(scope: Construct, id: string, vpc: ec2.IVpc, withEndpoints: boolean) {
    super(scope, id);
    const { securityGroups, edges, aws } = architecture;
    const parts = { ...securityGroups, ...(withEndpoints ? aws.securityGroups : {}) };
    for (const [name, description] of Object.entries(parts)) {
      if (name !== 'internet') this.make(name, description, vpc);
    }
    for (const edge of [...edges, ...aws.edges]) {
      if (edge.from in parts && edge.to in parts) this.connect(edge);
    }
    for (const edge of aws.egress) {
      this.group(edge.from).addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(edge.port), edge.why);
    }
    for (const group of this.groups.values()) closeWayOut(group);
    acknowledge(this.group('load-balancer'), 'AwsSolutions-EC23', 'The load balancer is the public door: everybody may reach its two ports, and nothing else.');
  }

  of(name: string): ec2.ISecurityGroup {
    const group = this.fixed.get(name);
    if (!group) throw new Error(`there is no security group ${name}`);
    return group;
  }

  private make(name: string, description: string, vpc: ec2.IVpc): void {
    const group = new ec2.SecurityGroup(this, name, { vpc, description: `${name}: ${plain(description)}`, allowAllOutbound: false, allowAllIpv6Outbound: false });
    this.groups.set(name, group);
    this.fixed.set(name, ec2.SecurityGroup.fromSecurityGroupId(this, `${name}-fixed`, group.securityGroupId, { mutable: false }));
  }

  private group(name: string): ec2.SecurityGroup {
    const group = this.groups.get(name);
    if (!group) throw new Error(`there is no security group ${name}`);
    return group;
  }

  private connect({ from, to, port }: Edge): void {
    const target = this.group(to);
    if (from === 'internet') {
      target.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), `${from} to ${to}`);
      target.addIngressRule(ec2.Peer.anyIpv6(), ec2.Port.tcp(port), `${from} to ${to}`);
      return;
    }
    const source = this.group(from);
    target.addIngressRule(source, ec2.Port.tcp(port), `${from} to ${to}`);
    source.addEgressRule(target, ec2.Port.tcp(port), `${from} to ${to}`);
  }
}

/**
 * EC2 lets everything out of a group that was made without a rule for the way out inside it; rules beside it do not count. One that reaches nobody replaces that,
 * where no other rule is inside.
 */
function closeWayOut(group: ec2.SecurityGroup): void {
  const inner = group.node.defaultChild as ec2.CfnSecurityGroup;
  const inside = Stack.of(group).resolve(inner.securityGroupEgress) as unknown[] | undefined;
  if (!inside?.length) {
    inner.securityGroupEgress = [{ cidrIp: '255.255.255.255/32', ipProtocol: 'icmp', fromPort: 252, toPort: 86, description: 'Disallow all traffic' }];
  }
}

/** EC2 takes letters, digits and a few signs in descriptions. */
function plain(text: string): string {
  return text.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, '');
}
