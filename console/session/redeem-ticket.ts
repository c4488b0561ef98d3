import type { Session } from './session.ts'

/** The one-time ticket in an address such as `/console/#ticket=...`, which no server gets to see. */
export function ticketOf(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('ticket') ?? undefined
}

/** Exchanges a ticket for a session that ends by itself. @throws Error with the server's words when it was used or is too old */
export async function redeemTicket(ticket: string): Promise<Session> {
  const response = await fetch('/console/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  })
  if (response.ok) return await response.json()
  const { message } = await response.json()
  throw new Error(message)
}
