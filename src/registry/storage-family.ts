import type { Image } from '../core/images/image.ts'
import type { StorageState } from '../core/images/storage.ts'
import type { Digest } from '../core/names/digest.ts'
import type { MetadataReader } from '../stores/metadata/metadata-store.ts'

const readAtOnce = 100

type Images = Pick<MetadataReader, 'images'>

/** What refers to an image, and what refers to that, as long as it is `followed`; none of it twice. */
export async function referrersThat(
  { images }: Images,
  repositoryId: number,
  subject: Digest,
  isFollowed: (referrer: Image) => boolean | Promise<boolean>,
): Promise<Image[]> {
  const family = new Map<Digest, Image>()
  const subjects = [subject]
  for (let next = subjects.pop(); next !== undefined; next = subjects.pop()) {
    for await (const referrer of referrersOf({ images }, repositoryId, next)) {
      if (referrer.digest === subject || family.has(referrer.digest)) continue
      if (!(await isFollowed(referrer))) continue
      family.set(referrer.digest, referrer)
      subjects.push(referrer.digest)
    }
  }
  return [...family.values()]
}

/**
 * An image in one state, the images in that state that it lists as an index, at any depth, and the artifacts that went to the
 * archive with one of them: what an index lists comes before it.
 */
export async function familyOf(
  metadata: Images,
  repositoryId: number,
  image: Image,
  state: StorageState,
): Promise<Image[]> {
  const family = new Map<Digest, Image>()
  const visit = async (member: Image): Promise<void> => {
    if (member.storage !== state || family.has(member.digest)) return
    for (const child of await metadata.images.childrenOf(repositoryId, member.digest)) await visit(child)
    family.set(member.digest, member)
    const wentAlong = ({ storage, lastArchivedAt }: Image) =>
      storage === state && lastArchivedAt?.getTime() === member.lastArchivedAt?.getTime()
    for (const referrer of await referrersThat(metadata, repositoryId, member.digest, wentAlong)) {
      family.set(referrer.digest, referrer)
    }
  }
  await visit(image)
  return [...family.values()]
}

async function* referrersOf({ images }: Images, repositoryId: number, subject: Digest) {
  let page: Image[]
  let after: Digest | undefined
  do {
    page = await images.referrersOf(repositoryId, subject, { after, limit: readAtOnce })
    yield* page
    after = page.at(-1)?.digest
  } while (page.length === readAtOnce)
}
