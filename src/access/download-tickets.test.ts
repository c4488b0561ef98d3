import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { digestOf } from '../core/names/digest.ts'
import { parseRegion } from '../core/names/region.ts'
import { parseRepositoryName } from '../core/names/repository-name.ts'
import { DownloadTickets } from './download-tickets.ts'
import { rootOf } from './principal.ts'
import { Seal } from './seal.ts'

const issuedAt = new Date('2026-03-01T08:00:00Z')
const repository = {
  account: parseAccountId('111122223333'),
  region: parseRegion('eu-west-2'),
  name: parseRepositoryName('team/app'),
}
const holder = rootOf(repository.account, 'AKIAEXAMPLE')
const digest = digestOf('sha256', 'ab'.repeat(32))

test('a ticket names the repository and the layer it was issued for', () => {
  const tickets = ticketsAt(issuedAt)
  expect(tickets.read(tickets.issue(repository, digest, holder))).toEqual({
    state: 'valid',
    repository,
    digest,
    holder,
  })
})

test('a ticket is good for an hour and not a millisecond longer', () => {
  const ticket = ticketsAt(issuedAt).issue(repository, digest, holder)
  expect(ticketsAt(new Date('2026-03-01T08:59:59.999Z')).read(ticket).state).toBe('valid')
  expect(ticketsAt(new Date('2026-03-01T09:00:00Z')).read(ticket)).toEqual({ state: 'expired' })
})

test('a ticket is worth nothing once any character of it has changed', () => {
  const tickets = ticketsAt(issuedAt)
  const ticket = tickets.issue(repository, digest, holder)
  fc.assert(
    fc.property(fc.nat(ticket.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      fc.pre(ticket[at] !== character)
      const changed = ticket.slice(0, at) + character + ticket.slice(at + 1)
      expect(tickets.read(changed)).toEqual({ state: 'invalid' })
    }),
    { numRuns: 1000 },
  )
})

test('a ticket needs no escaping in a URL', () => {
  const ticket = ticketsAt(issuedAt).issue(repository, digest, holder)
  expect(encodeURIComponent(ticket)).toBe(ticket)
})

test('something else sealed with the same seal is no ticket', () => {
  const seal = new Seal(new Uint8Array(32), 'download-ticket')
  const tickets = new DownloadTickets(seal, () => issuedAt)
  const expires = issuedAt.getTime() + 1000
  const values = [null, 'x', { ...repository, holder, expires }, { ...repository, digest, expires }]
  for (const value of [...values, { ...repository, digest, holder, expires: 'never' }]) {
    expect(tickets.read(seal.seal(value))).toEqual({ state: 'invalid' })
  }
})

function ticketsAt(now: Date): DownloadTickets {
  return new DownloadTickets(new Seal(new Uint8Array(32), 'download-ticket'), () => now)
}
