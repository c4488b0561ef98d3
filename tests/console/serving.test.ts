import { request } from 'node:http'
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { askBerth } from '../support/ask-berth.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

let berth: LocalBerth
let page: string
beforeAll(async () => {
  berth = await startBerth()
  page = await vi.waitUntil(() => builtPage(), { timeout: 100_000, interval: 500 })
})
afterAll(() => berth[Symbol.asyncDispose]())

/** A clone builds the console when it is first asked for. */
async function builtPage(): Promise<string | undefined> {
  const response = await fetch(`${berth.url}/console/`)
  const text = await response.text()
  if (response.status === 200) return text
  expect(text).toContain('The console is being built')
  return undefined
}

/** Asks for a path exactly as it stands, which `fetch` would put in order. */
function statusOf(path: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const asked = request({ port: berth.port, host: '127.0.0.1', path }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
  asked.on('error', reject).end()
  return promise
}

describe('the files of the console', () => {
  test('are kept for ever by their names, and compressed', async () => {
    const [script = ''] = page.match(/\/console\/assets\/[^"]+\.js/) ?? []
    const response = await fetch(berth.url + script, { headers: { 'accept-encoding': 'br, gzip' } })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('vary')).toBe('accept-encoding')
    await response.body?.cancel()
  })

  test('are asked for anew where their names stay, and sent only if they have changed', async () => {
    const first = await fetch(`${berth.url}/console/repositories/team%2Fapp`)
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const etag = first.headers.get('etag') ?? ''
    const again = await fetch(`${berth.url}/console/`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })

  test('run no script that stands in a page, speak to no other server and are framed by nobody', async () => {
    const { headers } = await fetch(`${berth.url}/console/`)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy?.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(page).not.toMatch(/<script(?![^>]* src=)/)
  })

  test.each([
    '/console/assets/../../../package.json',
    '/console/assets/..%2f..%2f..%2fpackage.json',
    '/console/assets/%2e%2e/%2e%2e/package.json',
    '/console/assets/..\\..\\package.json',
    '/console/assets//etc/passwd',
    '/console/assets/index.html%00.js',
  ])('are all there is: path traversal (CWE-22) by %s finds nothing', async (path) => {
    expect(await statusOf(path)).toBe(404)
  })
})

const sessionShape = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  region: z.string(),
})
const sessionIn = (value: unknown) => sessionShape.parse(value)

describe('a ticket', () => {
  const redeem = (ticket: string, type = 'application/json') =>
    fetch(`${berth.url}/console/session`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ ticket }),
    })

  const newTicket = async (): Promise<string> => {
    const { rootAccessKey: keyId, rootSecretKey: secret } = berth.secrets
    const { body } = await askBerth(
      { port: berth.port, keyId, secret },
      '/berth/v1/CreateConsoleTicket',
      '{}',
    )
    return JSON.parse(body.toString()).ticket
  }

  test('signs in once, as who got it', async () => {
    const ticket = await newTicket()
    const answers = await Promise.all([redeem(ticket), redeem(ticket)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403])
    const session = sessionIn(await answers.find(({ ok }) => ok)?.json())
    expect(session).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/), region: 'us-east-1' })
    await expect(berth.password(session)).resolves.toEqual(expect.any(String))
  })

  test('is nothing that another page, a stranger or the holder of a session could bring', async () => {
    expect((await redeem(await newTicket(), 'text/plain')).status).toBe(415)
    expect((await redeem('ASIA.guess')).status).toBe(403)
    const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
    const sts = new STSClient({
      endpoint: berth.url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
    })
    const { Credentials } = await sts.send(new GetSessionTokenCommand({}))
    sts.destroy()
    expect((await redeem(`${Credentials?.AccessKeyId}.${Credentials?.SessionToken}`)).status).toBe(403)
    expect(berth.failures).toEqual([])
  })
})
