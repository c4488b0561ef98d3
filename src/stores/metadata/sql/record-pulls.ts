import type { Kysely } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'

interface Pull {
  readonly repositoryId: number
  readonly digest: Digest
  readonly at: Date
}

/** Writes the latest pull of each image. */
export async function recordPulls(tx: Kysely<Schema>, pulls: readonly Pull[]): Promise<void> {
  const update = preparedQuery(tx, (at: number, repositoryId: number, digest: Digest, before: number) =>
    tx
      .updateTable('images')
      .set({ last_pulled_at: at })
      .where('repository_id', '=', repositoryId)
      .where('digest', '=', digest)
      .where((eb) => eb.or([eb('last_pulled_at', 'is', null), eb('last_pulled_at', '<', before)])),
  )
  // Sent one behind the other without waiting: the connection keeps their order.
  await Promise.all(
    latestOfEach(pulls).map(({ repositoryId, digest, at }) => {
      const time = at.getTime()
      return update(time, repositoryId, digest, time)
    }),
  )
}

/** In one order everywhere, so that two processes that record at once don't wait for each other in a circle. */
function latestOfEach(pulls: readonly Pull[]): Pull[] {
  const byTime = pulls.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const latest = new Map(byTime.map((pull) => [`${pull.repositoryId} ${pull.digest}`, pull]))
  return [...latest].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, pull]) => pull)
}
