import type { Upload } from '../../core/images/upload.ts'
import type { Registry } from '../registry.ts'
import { type Sweep, stretchRows } from './sweep.ts'

/** Drops uploads that nobody has gone on with for as long as they are kept. */
export async function expireUploads(sweep: Sweep): Promise<void> {
  const { registry, tally } = sweep
  const before = uploadsBefore(registry)
  let after: Upload | undefined
  for (;;) {
    const uploads = await registry.metadata.garbage.uploadsBefore(before, { after, limit: stretchRows })
    for (const { id } of uploads) tally.uploads += await expire(registry, id, before)
    after = uploads.at(-1)
    if (uploads.length < stretchRows) return
    await sweep.rest()
  }
}

/** What was last written to before this is dropped. */
export function uploadsBefore({ now, garbage }: Registry): Date {
  return new Date(now().getTime() - garbage.uploadExpiry)
}

function expire(registry: Registry, id: string, before: Date): Promise<number> {
  const { blobs, metadata } = registry
  return registry.uploadLocks.run(id, async () => {
    const facts = await blobs.uploads.inspect(id)
    if (facts !== undefined && facts.changedAt >= before) return 0
    await metadata.write((tx) => tx.uploads.delete(id))
    await blobs.uploads.cancel(id)
    return 1
  })
}
