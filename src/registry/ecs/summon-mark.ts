import type { EngineClaim } from '../../core/ecs/engine-claim.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'

/**
 * Has a database take up what carries a mark on the engine, wherever it is by now, the next time it is looked after there, unless another
 * Berth has the mark and lives. Without a mark it is the last that the database had in another place.
 *
 * @param options.formerMark the one that follows from the keys of the data folder
 * @returns the mark; undefined where the database has had none in another place
 */
export async function summonMark(
  metadata: Pick<MetadataStore, 'place' | 'write'>,
  options: { readonly mark?: string | undefined; readonly formerMark: string; readonly newId: () => string },
): Promise<string | undefined> {
  const here = await metadata.place()
  const isElsewhere = ({ place }: EngineClaim) => place?.id !== here.id
  return metadata.write(async (tx) => {
    const claims = await tx.engineClaims.all()
    const last = claims.findLast(isElsewhere)
    const mark = options.mark ?? (last && (last.mark ?? options.formerMark))
    if (mark === undefined) return undefined
    await tx.engineClaims.add({ mark, token: options.newId(), place: undefined }, claims.length)
    return mark
  })
}
