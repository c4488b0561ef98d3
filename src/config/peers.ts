import { z } from 'zod'
import { type AccountId, isAccountId } from '../core/names/account-id.ts'
import { isRegion, type Region } from '../core/names/region.ts'

/** Another Berth that holds registries which this one replicates to. */
export interface PeerSettings {
  /** Scheme, host and port. */
  readonly url: string
  /** Whose registries it holds; every account's unless told. */
  readonly account?: AccountId | undefined
  /** The region whose registries it holds; every region's unless told. */
  readonly region?: Region | undefined
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const peer = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, hostname: /./ }).refine((url) => new URL(url).username === ''),
    account: z.string().refine(isAccountId).optional(),
    region: z.string().refine(isRegion).optional(),
    accessKeyId: z.string().regex(/^\w{1,128}$/),
    secretAccessKey: z.string().regex(/^[!-~]{1,128}$/),
  })
  .refine(({ account, region }) => account !== undefined || region !== undefined)

const peerList = z.array(peer)

/** What each peer needs, for whoever wrote something else. */
export const peersExpected =
  'a JSON list of objects with url, accessKeyId, secretAccessKey and account or region or both'

/** Peers as a list, or as its JSON; what is neither fails the check. */
export const peersSchema = z.union([peerList, z.string().transform(parseJson).pipe(peerList)])

/** Reads the JSON of a peers file; undefined when it is none. */
export function readPeers(text: string): readonly PeerSettings[] | undefined {
  return peersSchema.safeParse(text).data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
