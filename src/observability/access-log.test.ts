import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { accessLog } from './access-log.ts'
import { auditLog } from './audit-log.ts'
import { ExchangeNotes } from './exchange-notes.ts'
import type { ExchangeObserver, FinishedExchange } from './finished-exchange.ts'
import type { LogOutput } from './log-output.ts'

const now = () => new Date('2026-10-10T13:55:36.123Z')

function exchange(parts: Partial<FinishedExchange> = {}): FinishedExchange {
  const notes = new ExchangeNotes()
  notes.route = '/v2/{name}/manifests/{reference}'
  notes.caller = 'arn:aws:iam::000000000000:root'
  return {
    requestId: 'r-1',
    method: 'PUT',
    path: '/v2/app/manifests/v1',
    status: 201,
    complete: true,
    bytesIn: 10,
    bytesOut: 20,
    durationMs: 1.23456,
    remoteAddress: '127.0.0.1',
    userAgent: 'docker/27',
    notes,
    ...parts,
  }
}

function linesOf(make: (output: LogOutput) => ExchangeObserver, about: FinishedExchange): string {
  const lines: string[] = []
  make({ write: (text) => lines.push(text) })(about)
  return lines.join('')
}

const json = (about: FinishedExchange) => linesOf((output) => accessLog('json', output, now), about)
const combined = (about: FinishedExchange) => linesOf((output) => accessLog('combined', output, now), about)

describe('an access line', () => {
  test('tells all there is in JSON', () => {
    expect(JSON.parse(json(exchange()))).toEqual({
      log: 'access',
      time: '2026-10-10T13:55:36.123Z',
      requestId: 'r-1',
      method: 'PUT',
      path: '/v2/app/manifests/v1',
      route: '/v2/{name}/manifests/{reference}',
      status: 201,
      bytesIn: 10,
      bytesOut: 20,
      durationMs: 1.235,
      remoteAddress: '127.0.0.1',
      userAgent: 'docker/27',
      principal: 'arn:aws:iam::000000000000:root',
    })
  })

  test('is what web servers write in the combined format', () => {
    expect(combined(exchange())).toBe(
      '127.0.0.1 - arn:aws:iam::000000000000:root [10/Oct/2026:13:55:36 +0000] "PUT /v2/app/manifests/v1 HTTP/1.1" 201 20 "-" "docker/27"\n',
    )
  })

  test('says when the client went away', () => {
    expect(JSON.parse(json(exchange({ complete: false })))).toMatchObject({ aborted: true })
  })

  // Log injection: Harbor's and Quay's logs could be forged by line feeds and escape sequences in paths and user agents.
  test('stays one line without control characters, whatever a client sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (path, userAgent) => {
        for (const line of [json(exchange({ path, userAgent })), combined(exchange({ path, userAgent }))]) {
          expect(line.endsWith('\n')).toBe(true)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
          expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
        }
      }),
    )
  })

  test('is short even when the path is not', () => {
    expect(json(exchange({ path: `/${'x'.repeat(30_000)}` })).length).toBeLessThan(2000)
  })
})

describe('the audit log', () => {
  const owner = parseAccountId('000000000000')
  const resource = 'arn:aws:ecr:us-east-1:000000000000:repository/app'

  test('has a line for each change, and how it ended', () => {
    const about = exchange({ status: 400 })
    about.notes.asked.push({ action: 'ecr:PutImage', resource, owner, isChange: true })
    about.notes.parameters = { argument: 'v1' }
    about.notes.refusal = 'TAG_INVALID'
    const line = JSON.parse(linesOf((output) => auditLog(output, now), about))
    expect(line).toEqual({
      log: 'audit',
      time: '2026-10-10T13:55:36.123Z',
      requestId: 'r-1',
      principal: 'arn:aws:iam::000000000000:root',
      action: 'ecr:PutImage',
      resource,
      outcome: 'TAG_INVALID',
      status: 400,
      sourceAddress: '127.0.0.1',
      userAgent: 'docker/27',
      parameters: { argument: 'v1' },
    })
  })

  test('has none for a request that changes nothing', () => {
    expect(linesOf((output) => auditLog(output, now), exchange())).toBe('')
  })

  test('gives the gist to a person at a terminal', () => {
    const about = exchange()
    about.notes.asked.push({ action: 'ecr:PutImage', resource, owner, isChange: true })
    const terminal = (output: LogOutput) => auditLog({ isTTY: true, write: output.write }, now)
    expect(linesOf(terminal, about)).toBe(`13:55:36 audit ecr:PutImage success "${resource}"\n`)
  })
})
