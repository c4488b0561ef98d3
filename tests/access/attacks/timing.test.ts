import { syncBuiltinESMExports } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signCall } from '../../../src/protocols/aws/signature/sign-call.ts'
import { elementIn, keysIn, succeed } from '../support/callers.ts'
import { type AttackWorld, allow, basicHeader, openAttackWorld } from './attack-world.ts'

// Harbor GO-2023-2109 and others: how long a comparison took told how much of a secret was right. No clock is asked here: what is
// counted is whether a wrong secret is compared by the function that takes the same time for all of them.

const metricsToken = 'scraper-0123456789'
const crypto = process.getBuiltinModule('node:crypto')
const { timingSafeEqual } = crypto
let compared = 0

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld({ metricsToken })
  countWith((...sides) => {
    compared++
    return timingSafeEqual(...sides)
  })
})
afterAll(async () => {
  countWith(timingSafeEqual)
  await world[Symbol.asyncDispose]()
})

/** Has everything that imported the function use this one. */
function countWith(compare: typeof timingSafeEqual): void {
  crypto.timingSafeEqual = compare
  syncBuiltinESMExports()
}

/** A text that differs in its last letter alone, and one that differs in all of them. */
function wrongOnes(right: string): readonly [near: string, far: string] {
  const other = (letter: string) => (letter === '0' ? '1' : '0')
  return [right.replace(/.$/, other), right.replace(/./g, other)]
}

interface Guess {
  readonly path: string
  readonly init?: RequestInit
}

/** Each secret that somebody shows: its right value, and how it is shown. */
type Door = readonly [what: string, right: string, show: (secret: string) => Guess]

async function doors(): Promise<readonly Door[]> {
  const robot = await world.robot('timed', ['pull'], ['*'])
  const [, robotPassword = ''] = Buffer.from(robot.slice(6), 'base64').toString().split(':')
  const robotSecret = robotPassword.slice(-40)
  const token = await world.berth.password()
  const tokenEnd = token.slice(-40)
  const user = await world.user('timed', allow('sts:*'))
  const body = await succeed(world.aws.call('sts', 'GetSessionToken', {}, user))
  const session = { ...keysIn(body), sessionToken: elementIn(body, 'SessionToken') }
  const { ticket } = JSON.parse(await succeed(world.aws.call('berth', 'CreateConsoleTicket', {}, world.root)))
  const [ticketId, ticketSecret] = ticket.split('.')
  const manifest = '/v2/secret/app/manifests/v1'
  const json = { 'content-type': 'application/json' }
  const basic = (user: string, password: string) => ({
    path: manifest,
    init: { headers: { authorization: basicHeader(user, password) } },
  })
  return [
    ['the signature of a registry token', tokenEnd, (end) => basic('AWS', token.slice(0, -40) + end)],
    ['the secret of a robot', robotSecret, (end) => basic('robot', robotPassword.slice(0, -40) + end)],
    [
      'the token of the metrics',
      metricsToken,
      (secret) => ({ path: '/metrics', init: { headers: { authorization: `Bearer ${secret}` } } }),
    ],
    [
      'a ticket of the console',
      ticketSecret,
      (secret) => ({
        path: '/console/session',
        init: { method: 'POST', headers: json, body: JSON.stringify({ ticket: `${ticketId}.${secret}` }) },
      }),
    ],
    [
      'a signature',
      signatureOf(signed(world.root)),
      (signature) => withSignature(signed(world.root), signature),
    ],
    [
      "a session's token",
      session.sessionToken,
      (sessionToken) => ({ path: '/', init: signed({ ...session, sessionToken }) }),
    ],
  ]
}

function signed(
  keys: Parameters<typeof signCall>[1] | typeof world.root,
): RequestInit & { headers: Record<string, string> } {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const request = { url: new URL(world.berth.url), body, headers, time: new Date() }
  return {
    method: 'POST',
    body,
    headers: { ...signCall(request, { ...keys, region: 'us-east-1', service: 'sts' }) },
  }
}

function signatureOf({ headers }: ReturnType<typeof signed>): string {
  return headers.authorization?.slice(-64) ?? ''
}

function withSignature(init: ReturnType<typeof signed>, signature: string): Guess {
  const authorization = (init.headers.authorization ?? '').slice(0, -64) + signature
  return { path: '/', init: { ...init, headers: { ...init.headers, authorization } } }
}

interface Seen {
  readonly status: number
  readonly text: string
  readonly comparisons: number
}

test('a secret that is nearly right is answered like one that is all wrong, and compared by the same steps', async () => {
  for (const [what, right, show] of await doors()) {
    const seen: Seen[] = []
    for (const secret of wrongOnes(right)) {
      const { path, init } = show(secret)
      const before = compared
      const answer = await world.ask(path, undefined, init)
      const text = (await answer.text()).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
      seen.push({ status: answer.status, text, comparisons: compared - before })
    }
    const [near, far] = seen
    expect(near?.status, what).toBeGreaterThanOrEqual(400)
    expect(near?.comparisons, what).toBeGreaterThan(0)
    expect(far, what).toEqual(near)
  }
})
