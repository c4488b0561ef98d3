/** Who is signed in, and where. */
export interface Session {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly region: string
}

const place = 'berth.session'

/** The session of this tab. Another tab, and this one once it was closed, have none. */
export function keptSession(storage: Storage): Session | undefined {
  const text = storage.getItem(place)
  if (text === null) return undefined
  const kept: unknown = JSON.parse(text)
  return isSession(kept) ? kept : undefined
}

/** Keeps a session for this tab alone, or forgets it. */
export function keepSession(storage: Storage, session: Session | undefined): void {
  if (session === undefined) storage.removeItem(place)
  else storage.setItem(place, JSON.stringify(session))
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false
  const members = ['accessKeyId', 'secretAccessKey', 'region']
  return members.every((member) => typeof Reflect.get(value, member) === 'string')
}
