import type { Iam } from '../../access/iam/iam.ts'
import { isTemporary } from '../../access/principal.ts'
import type { StoredSession } from '../../stores/metadata/iam.ts'
import type { Call } from '../service.ts'

/** The session that a call is made in, if it is made with credentials that end. */
export async function callingSession(
  { caller }: Call,
  { metadata }: Iam,
): Promise<StoredSession | undefined> {
  if (!isTemporary(caller) || caller.keyId === undefined) return undefined
  return (await metadata.iam.credential(caller.keyId))?.session
}
