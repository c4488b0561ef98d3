import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { Authoriser } from '../../access/authoriser.ts'
import type { Iam } from '../../access/iam/iam.ts'
import { bindPrincipals } from '../../access/iam/policy-principals.ts'
import { StoredIdentities } from '../../access/iam/stored-identities.ts'
import type { Permission } from '../../access/permission.ts'
import { type Principal, rootOf } from '../../access/principal.ts'
import { StoredAccessKeys } from '../../access/stored-access-keys.ts'
import type { Surroundings } from '../../access/surroundings.ts'
import { openUses } from '../../access/uses.ts'
import { Vault } from '../../access/vault.ts'
import { type Entity, entityArn, idPrefixes, sessionArn } from '../../core/iam/entity.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import type { Call } from '../service.ts'
import { simulateCustomPolicy } from './simulate-custom-policy.ts'
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts'

// What the simulator foretells is what requests meet: both read the same policies from the same store, by ways of their own.

const home = parseAccountId('111122223333')
const abroad = parseAccountId('444455556666')
const region = parseRegion('us-east-1')
const now = () => new Date('2026-03-01T12:00:00Z')
const tags = { team: 'web', stage: 'test' }
const entity = (kind: Entity['kind'], name: string): Entity => ({
  id: `${idPrefixes[kind]}${name.toUpperCase().padEnd(17, '0')}`,
  account: home,
  kind,
  name,
  path: '/people/',
  createdAt: now(),
  details: { tags },
})
const alice = entity('user', 'alice')
const staff = entity('group', 'staff')
const build = entity('role', 'build')
const session = sessionArn(build, 'simulated')
const principals: Readonly<Record<'user' | 'role', Principal>> = {
  user: { account: home, arn: entityArn(alice), userId: alice.id },
  role: {
    account: home,
    arn: session,
    userId: `${build.id}:simulated`,
    role: { arn: entityArn(build), id: build.id },
  },
}
const boundaryArn = `arn:aws:iam::${home}:policy/boundary`
const attachedArn = `arn:aws:iam::${home}:policy/attached`

const resources = new AsyncDisposableStack()
let metadata: MetadataStore
let iam: Iam
beforeAll(async () => {
  const { path } = resources.use(await temporaryFolder())
  metadata = resources.use(await openSqliteMetadata({ file: `${path}/metadata.db` }))
  const vault = new Vault(new Uint8Array(32))
  iam = {
    metadata,
    vault,
    keys: new StoredAccessKeys(metadata, vault, now),
    identities: new StoredIdentities(metadata, { ttl: 0, now }),
    uses: openUses(metadata, () => undefined),
    now,
    randomBytes: (size) => new Uint8Array(size),
  }
  await metadata.write(async (tx) => {
    for (const one of [alice, staff, build]) await tx.iam.addEntity(one)
    await tx.iam.addMember(staff.id, alice.id)
  })
})
afterAll(() => resources.disposeAsync())

type Statement = Readonly<Record<string, unknown>>

/** What is said by whom, and what is asked. A place without statements has no policy. */
interface World {
  readonly who: 'user' | 'role'
  readonly inline: readonly Statement[]
  readonly attached: readonly Statement[]
  readonly ofGroup: readonly Statement[]
  readonly boundary: readonly Statement[]
  readonly onResource: readonly Statement[]
  readonly action: string
  readonly name: string
  readonly owner: typeof home
  readonly surroundings: Surroundings
  readonly resourceTags: Readonly<Record<string, string>>
}

const arnOf = (name: string, owner: string = home) => `arn:aws:ecr:${region}:${owner}:repository/${name}`

const action = fc.constantFrom('ecr:BatchGetImage', 'ecr:PutImage', 'ecr:DescribeImages')
const name = fc.constantFrom('web/app', 'alice/app', 'api/app')
const actions = fc.oneof(
  fc.record({
    Action: fc.subarray(['*', 'ecr:*', 'ECR:batchgetimage', 'ecr:Put*', 'ecr:Describe??ages', 's3:*'], {
      minLength: 1,
    }),
  }),
  fc.record({ NotAction: fc.constantFrom('iam:*', 'ecr:PutImage', ['ecr:Batch*', 'sts:*']) }),
)
const patterns = [
  '*',
  arnOf('web/*'),
  arnOf('*', '*'),
  arnOf(`\${aws:username}/*`),
  arnOf(`\${aws:PrincipalTag/team}/app`),
  arnOf(`\${ecr:ResourceTag/team, 'web'}/app`),
  `arn:aws:ecr:${region}:\${aws:PrincipalAccount}:repository/api/ap?`,
]
const onWhat = fc.oneof(
  fc.record({ Resource: fc.subarray(patterns, { minLength: 1, maxLength: 2 }) }),
  fc.record({ NotResource: fc.constantFrom(...patterns.slice(1)) }),
)
const conditions = fc.constantFrom(
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringEquals: { 'aws:PrincipalTag/team': `\${aws:ResourceTag/team}` } },
  { StringNotEquals: { 'ecr:ResourceTag/team': ['web', 'api'] } },
  { StringEqualsIfExists: { 'aws:username': 'alice' } },
  { StringLike: { 'aws:PrincipalTag/stage': 't*' }, StringEquals: { 'aws:PrincipalAccount': home } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/people/*` } },
  { StringLike: { 'aws:userid': '*:simulated' } },
  { StringEquals: { 'aws:PrincipalType': 'User' } },
  { StringEquals: { 'aws:ResourceAccount': home } },
  { Null: { 'aws:TokenIssueTime': 'true' } },
  { Null: { 'aws:PrincipalTag/none': 'false' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2026-03-01T11:59:59Z' } },
  { NumericLessThan: { 'aws:EpochTime': '1772366400' } },
  { StringEquals: { 'aws:RequestedRegion': region } },
  { 'ForAnyValue:StringLike': { 'aws:UserAgent': ['docker/*', 'aws-cli/*'] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
  { Bool: { 'aws:ViaAWSService': 'false' } },
  { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
)
const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny')
const principal = fc.constantFrom(
  '*',
  ...[home, abroad, entityArn(alice), entityArn(build), session, alice.id, build.id].map((AWS) => ({ AWS })),
)

const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((each): Statement => Object.assign({}, ...each))
const condition = fc.option(conditions, { nil: undefined }).map((Condition) => ({ Condition }))
const own = merged(fc.record({ Effect: effect }), actions, onWhat, condition)
const ofResource = merged(
  fc.oneof(
    fc.record({ Effect: effect, Principal: principal }),
    fc.record({ Effect: fc.constant('Deny'), NotPrincipal: principal }),
  ),
  actions,
  condition,
)
const some = (statement: fc.Arbitrary<Statement>) => fc.array(statement, { maxLength: 3 })
const world: fc.Arbitrary<World> = fc.record({
  who: fc.constantFrom('user', 'role'),
  inline: some(own),
  attached: some(own),
  ofGroup: some(own),
  boundary: fc.oneof(fc.constant([]), some(own)),
  onResource: some(ofResource),
  action,
  name,
  owner: fc.constantFrom(home, home, abroad),
  surroundings: fc.record({
    sourceIp: fc.constantFrom('10.1.2.3', '192.0.2.1', '2001:db8::1'),
    isSecure: fc.boolean(),
    userAgent: fc.constantFrom('docker/28', 'curl/8'),
  }),
  resourceTags: fc.constantFrom({}, { team: 'web' }, { team: 'api' }),
})

const textOf = (statements: readonly Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

/** Writes down what the world's people may. */
async function put({ who, inline, attached, ofGroup, boundary }: World): Promise<void> {
  const { id } = who === 'user' ? alice : build
  await metadata.write(async (tx) => {
    for (const [of, statements] of [
      [id, inline],
      [staff.id, ofGroup],
    ] as const)
      if (statements.length > 0) await tx.iam.putInlinePolicy(of, { name: 'p', text: textOf(statements) })
      else await tx.iam.deleteInlinePolicy(of, 'p')
    for (const [arn, statements] of [
      [attachedArn, attached],
      [boundaryArn, boundary],
    ] as const) {
      await tx.iam.deletePolicy(arn)
      const name = arn.slice(arn.lastIndexOf('/') + 1)
      const facts = { arn, id: name, account: home, name, path: '/', description: undefined }
      const times = { createdAt: now(), updatedAt: now() }
      if (statements.length > 0)
        await tx.iam.addPolicy({ ...facts, ...times, defaultVersion: 1, lastVersion: 1 }, textOf(statements))
    }
    if (attached.length > 0) await tx.iam.attach(id, attachedArn)
    else await tx.iam.detach(id, attachedArn)
    await tx.iam.setBoundary(id, boundary.length > 0 ? boundaryArn : undefined)
  })
}

/** What becomes of a real request. */
async function decided({ who, onResource, action, name, owner, surroundings, resourceTags }: World) {
  const text = await bindPrincipals(metadata, textOf(onResource), (each) => new RangeError(each))
  const policy =
    onResource.length > 0 ? { name: 'the resource', document: parsePolicy(text, 'resource') } : undefined
  const authoriser = new Authoriser({
    identities: iam.identities,
    rulesOf: () => ({ resource: { policy, tags: new Map(Object.entries(resourceTags)) } }),
    now,
  })
  const permission: Permission = {
    action,
    resource: arnOf(name, owner),
    owner,
    within: { account: owner, region },
  }
  const decision = await authoriser.decide({ who: principals[who], permission, surroundings })
  if (decision.allowed) return 'allowed'
  return decision.explicit ? 'explicitDeny' : 'implicitDeny'
}

const call: Call = {
  caller: rootOf(home),
  registry: { account: home, region },
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  requestId: 'request-1',
  endpoint: 'http://localhost:4566',
  pages: { position: undefined, next: String },
}

/** What a simulation is told of the request: all that isn't of the caller. */
function asked({ onResource, action, name, owner, surroundings, resourceTags }: World) {
  const values = {
    'aws:SourceIp': surroundings.sourceIp,
    'aws:SecureTransport': String(surroundings.isSecure),
    'aws:UserAgent': surroundings.userAgent,
    'aws:RequestedRegion': region,
    'aws:ViaAWSService': 'false',
    'aws:ResourceTag/team': resourceTags.team,
    'ecr:ResourceTag/team': resourceTags.team,
  }
  return {
    ActionNames: [action],
    ResourceArns: [arnOf(name, owner)],
    ResourceOwner: `arn:aws:iam::${owner}:root`,
    ...(onResource.length > 0 && { ResourcePolicy: textOf(onResource) }),
    ContextEntries: Object.entries(values).flatMap(([ContextKeyName, value]) =>
      value === undefined ? [] : [{ ContextKeyName, ContextKeyValues: [value], ContextKeyType: 'string' }],
    ),
  }
}

function verdictIn(answer: object): string {
  const { EvaluationResults: [result] = [] } = answer as {
    readonly EvaluationResults?: readonly { readonly EvalDecision: string }[]
  }
  return result?.EvalDecision ?? 'none'
}

test('SimulatePrincipalPolicy says what a request of that user or role meets', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      await put(given)
      const PolicySourceArn = entityArn(given.who === 'user' ? alice : build)
      const simulated = verdictIn(
        await simulatePrincipalPolicy.run({ PolicySourceArn, ...asked(given) }, call, iam),
      )
      seen.add(simulated)
      expect(simulated).toBe(await decided(given))
    }),
    { numRuns: 150 },
  )
  expect([...seen].sort()).toEqual(['allowed', 'explicitDeny', 'implicitDeny'])
})

test('SimulateCustomPolicy says what a user would meet who had these policies', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (any) => {
      const given: World = { ...any, who: 'user' }
      await put(given)
      const { inline, attached, ofGroup, boundary } = given
      const texts = [inline, attached, ofGroup].filter(({ length }) => length > 0).map(textOf)
      const bounds = boundary.length > 0 ? [textOf(boundary)] : []
      const lists = { PolicyInputList: texts, PermissionsBoundaryPolicyInputList: bounds }
      const input = { CallerArn: entityArn(alice), ...lists, ...asked(given) }
      const simulated = verdictIn(await simulateCustomPolicy.run(input, call, iam))
      expect(simulated).toBe(await decided(given))
    }),
    { numRuns: 60 },
  )
})
