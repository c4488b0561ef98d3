import type { Breach } from './validation/breach.ts'
import { explainAsCommon, explainAsLogs } from './validation/common-texts.ts'
import { explainAsEcr } from './validation/ecr-texts.ts'

/** Where AWS's services differ from each other beyond their models. */
export interface Manners {
  /** How far a signature's time may be off, either way. */
  readonly clockMinutes: number
  /** Bytes of the largest body of a JSON call; a form has its own limit, since only its body says which service it is for. */
  readonly bodyLimit: number
  /** The error for constraint breaches, or undefined when there are none. */
  readonly explain: (breaches: Iterable<Breach>) => Error | undefined
  /** Operations whose page tokens are of a form that clients know, so that their actions make them. */
  readonly ownTokens: readonly string[]
}

const mebibyte = 2 ** 20
const common: Manners = { clockMinutes: 5, bodyLimit: mebibyte, explain: explainAsCommon, ownTokens: [] }

const departures: ReadonlyMap<string, Partial<Manners>> = new Map([
  // A layer part has up to 20 MiB, which base64 makes 27 MiB.
  ['ecr', { bodyLimit: 32 * mebibyte, explain: explainAsEcr }],
  // Advisories come in thousands.
  ['berth', { bodyLimit: 16 * mebibyte }],
  // A batch of events has up to 1 MiB, which escapes in JSON may make six times as much.
  ['logs', { bodyLimit: 8 * mebibyte, explain: explainAsLogs, ownTokens: ['GetLogEvents'] }],
  ['sts', { clockMinutes: 15 }],
])

/** The manners of a service by its name in signatures. */
export function mannersOf(service: string): Manners {
  return { ...common, ...departures.get(service) }
}
