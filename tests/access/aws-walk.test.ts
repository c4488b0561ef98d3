import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadModels } from '../../src/protocols/aws/model/testing/loaded-models.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import type { AwsAnswer, Keys } from './support/aws-requests.ts'
import { AwsCaller, allowActions, type Callers, makeCallers, makeExpired } from './support/callers.ts'
import { leastInput, ours } from './support/examples.ts'

/** Operations that need nobody's permission: who asks learns of themselves alone, or is judged by a role's trust policy. */
const free = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken', 'sts:AssumeRole'])

/** Operations that nobody signs: who calls is what a token says. */
const unsigned = new Set(['sts:AssumeRoleWithWebIdentity'])

/** Operations in which one may name another account's things without wanting anything of them. */
const mayNameOthers = new Set([
  'ecr:PutReplicationConfiguration',
  'ecr:PutSigningConfiguration',
  'ecr:RegisterPullTimeUpdateExclusion',
  'events:ListRuleNamesByTarget',
])

/** One operation that this server offers, with an input that it understands. */
interface Place {
  readonly service: string
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

const places: readonly Place[] = [...loadModels().values()].flatMap((model) =>
  [...model.operations.values()].map(({ name, input }) => ({
    service: model.name,
    name,
    input: leastInput(model.name, input),
  })),
)

let berth: LocalBerth
let aws: AwsCaller
let callers: Callers
/** What is offered, and which permission each place asks for first; undefined for what is free. */
const offered: { readonly place: Place; readonly needs: string | undefined }[] = []

beforeAll(async () => {
  const advisoryMirror = 'http://127.0.0.1:9/'
  berth = await startBerth({ trustedProxies: '127.0.0.0/8', advisoryMirror })
  aws = new AwsCaller(berth)
  callers = await makeCallers(berth, aws)
  for (const place of places) {
    const answer = await ask(place, callers.withoutPolicies)
    if (/^(UnknownOperation|InvalidAction)$/.test(answer.code ?? '') || unsigned.has(nameOf(place))) continue
    offered.push({ place, needs: free.has(nameOf(place)) ? undefined : lackedIn(answer.body) })
  }
})
afterAll(() => berth[Symbol.asyncDispose]())

function ask({ service, name, input }: Place, keys: Keys | undefined): Promise<AwsAnswer> {
  return aws.call(service, name, input, keys)
}

function nameOf({ service, name }: Place): string {
  return `${service}:${name}`
}

/** The action in AWS's text of a denial. */
function lackedIn(body: string): string | undefined {
  return /is not authorized to perform: (\S+) on resource: /.exec(body)?.[1]
}

/** What an answer says of its caller, in a word or two. */
function verdictOf({ status, code = '', body }: AwsAnswer): string {
  if (/^MissingAuthenticationToken$/.test(code)) return 'nobody'
  if (/^(UnrecognizedClient|InvalidClientTokenId)$/.test(code)) return 'unknown'
  if (/^ExpiredToken$/.test(code)) return 'expired'
  if (/^(InvalidSignature|SignatureDoesNotMatch)$/.test(code)) return 'forged'
  if (!/^(AccessDenied|AuthorizationError)$/.test(code)) return status >= 500 ? `failed: ${body}` : 'let in'
  const why = /with an explicit deny|no \S+-based policy allows/.exec(body)?.[0] ?? body
  return `denied ${lackedIn(body)} ${why}`
}

/** Every place where somebody is answered otherwise than is expected. */
async function mistakes(
  keys: Keys | undefined,
  expected: (cell: (typeof offered)[number]) => string | RegExp,
) {
  const wrong: string[] = []
  for (const cell of offered) {
    const verdict = verdictOf(await ask(cell.place, keys))
    const wanted = expected(cell)
    const isRight = typeof wanted === 'string' ? verdict === wanted : wanted.test(verdict)
    if (!isRight) wrong.push(`${nameOf(cell.place)}: ${verdict}, not ${wanted}`)
  }
  return wrong
}

describe('every operation of every service answers', () => {
  test('all that it offers, which is a lot', () => {
    expect(offered.length).toBeGreaterThan(200)
    const withoutNeed = offered.filter(({ place, needs }) => needs === undefined && !free.has(nameOf(place)))
    expect(withoutNeed.map(({ place }) => `${nameOf(place)} ${JSON.stringify(place.input)}`)).toEqual([])
  })

  test('nobody, the revoked, the expired and the forger', async () => {
    expect(await mistakes(undefined, () => 'nobody')).toEqual([])
    expect(await mistakes(callers.revoked, () => 'unknown')).toEqual([])
    const expired = await makeExpired(berth, aws, callers.allowed)
    expect(await mistakes(expired, () => 'expired')).toEqual([])
    expect(await mistakes(callers.forged, () => 'forged')).toEqual([])
  })

  test('who calls without a token what is asked with one, whatever key they sign with', async () => {
    const { root, allowed, revoked, forged } = callers
    for (const place of places.filter((each) => unsigned.has(nameOf(each))))
      for (const keys of [undefined, root, allowed, revoked, forged])
        expect((await ask(place, keys)).code).toBe('InvalidIdentityToken')
  })

  test('a user without policies, and one whom a policy denies everything', async () => {
    const isFree = ({ place }: { readonly place: Place }) => free.has(nameOf(place))
    const whatever = /^(let in|denied sts:AssumeRole .*)$/
    const lacking = (cell: (typeof offered)[number]) =>
      isFree(cell) ? whatever : `denied ${cell.needs} no identity-based policy allows`
    expect(await mistakes(callers.withoutPolicies, lacking)).toEqual([])
    const forbidden = (cell: (typeof offered)[number]) =>
      isFree(cell) ? whatever : `denied ${cell.needs} with an explicit deny`
    expect(await mistakes(callers.denied, forbidden)).toEqual([])
  })

  test('a user whom a policy allows every second action, by name', async () => {
    const needs = [...new Set(offered.flatMap((cell) => cell.needs ?? []))].sort()
    const granted = needs.filter((_, index) => index % 2 === 0)
    await allowActions(aws, callers.root, 'by-policy', granted)
    const expected = ({ needs }: (typeof offered)[number]) => {
      if (needs === undefined) return /^(let in|denied sts:AssumeRole .*)$/
      if (!granted.includes(needs)) return `denied ${needs} no identity-based policy allows`
      // What needs a second action may lack that one.
      return new RegExp(`^(let in|denied (?!${needs} ).* no identity-based policy allows)$`)
    }
    expect(await mistakes(callers.byPolicy, expected)).toEqual([])
  })

  test('the root of another account, whom it tells nothing of ours and lets do nothing to it', async () => {
    const wrong: string[] = []
    for (const { place } of offered) {
      const answer = await ask(place, callers.otherAccount)
      if (mayNameOthers.has(nameOf(place))) continue
      const namesUs = JSON.stringify(place.input).includes(ours)
      const isWrong = namesUs ? answer.status < 400 : answer.status >= 500 || answer.body.includes(ours)
      if (isWrong) wrong.push(`${nameOf(place)}: ${answer.status} ${answer.body}`)
    }
    expect(wrong).toEqual([])
  })

  test('a user whom a policy allows everything, and the root', async () => {
    const expected = ({ needs, place }: (typeof offered)[number]) =>
      needs === undefined && place.name === 'AssumeRole' ? /^denied sts:AssumeRole|^let in|^denied/ : 'let in'
    expect(await mistakes(callers.allowed, expected)).toEqual([])
    expect(await mistakes(callers.root, expected)).toEqual([])
    expect(berth.failures.filter((failure) => !isDownload(failure))).toEqual([])
  })
})

/** Of advisories, from where nobody listens. */
function isDownload(failure: object): boolean {
  return 'kind' in failure && failure.kind === 'update-advisories'
}
