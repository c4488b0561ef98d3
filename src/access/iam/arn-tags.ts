import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { checkTags } from './check-tags.ts'

/** Tags what has an ARN. A key takes the place of the one that differs from it in case alone. @throws InvalidInputError */
export async function tagArn(
  { arnTags }: Pick<MetadataTransaction, 'arnTags'>,
  arn: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  await arnTags.remove(arn, sameKeys(await arnTags.of(arn), Object.keys(tags)))
  checkTags({ ...Object.fromEntries(await arnTags.of(arn)), ...tags })
  await arnTags.put(arn, new Map(Object.entries(tags)))
}

/** Keys that it doesn't have are passed over. */
export async function untagArn(
  { arnTags }: Pick<MetadataTransaction, 'arnTags'>,
  arn: string,
  keys: readonly string[],
): Promise<void> {
  await arnTags.remove(arn, sameKeys(await arnTags.of(arn), keys))
}

function sameKeys(tags: ReadonlyMap<string, string>, keys: readonly string[]): string[] {
  const folded = new Set(keys.map((key) => key.toLowerCase()))
  return [...tags.keys()].filter((key) => folded.has(key.toLowerCase()))
}
