import { referrersOutlive } from '../../core/images/referrers-job.ts'
import { LifecycleEvaluation } from '../../core/lifecycle/evaluation.ts'
import type { LifecyclePolicy } from '../../core/lifecycle/policy.ts'
import { effectivePush } from '../../core/lifecycle/times.ts'
import type { Verdict } from '../../core/lifecycle/verdict.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { LifecycleCursor, SizedImage } from '../../stores/metadata/lifecycle.ts'
import type { Registry } from '../registry.ts'
import { imagesHeldByTasks } from './images-in-use.ts'

/** Images read at once: a few milliseconds of work, and then others have their turn. */
const imagesAtOnce = 500

export interface JudgedImage {
  readonly image: SizedImage
  readonly verdict: Verdict
}

/** How long work keeps out of others' way. */
export interface WorkRhythm {
  readonly signal: AbortSignal
  /** Ends a stretch: lets others have their turn. */
  rest(): Promise<unknown>
}

/**
 * What a policy does with each image of a repository at one moment, newest first, a page at a time. The run, the preview and
 * the explanation are all this.
 *
 * @throws the signal's reason
 */
export async function* judgeImages(
  { metadata }: Registry,
  repository: Repository,
  { policy, at }: { readonly policy: LifecyclePolicy; readonly at: Date },
  { signal, rest }: WorkRhythm,
): AsyncGenerator<readonly JudgedImage[], void, undefined> {
  const evaluation = new LifecycleEvaluation(policy, at)
  const subjectsSince = subjectsProtectSince(at)
  const held = await imagesHeldByTasks(metadata, repository)
  let after: LifecycleCursor | undefined
  do {
    signal.throwIfAborted()
    const page = { after, limit: imagesAtOnce, subjectsSince }
    const images = await metadata.lifecycle.images(repository.id, page)
    yield images.map((image) => judge(evaluation, image, held))
    after = images.length < imagesAtOnce ? undefined : cursorAt(images.at(-1))
    await rest()
  } while (after !== undefined)
}

/** What a policy does with the next image. @param held what tasks run */
export function judge(
  evaluation: LifecycleEvaluation,
  image: SizedImage,
  held: ReadonlySet<Digest>,
): JudgedImage {
  const seen = held.has(image.digest) ? ({ ...image, protectedBy: 'running-task' } as const) : image
  return { image, verdict: evaluation.consider(seen) }
}

/** Where a page that ends with this image ends. */
export function cursorAt(image: SizedImage | undefined): LifecycleCursor | undefined {
  return image && { freshAt: new Date(effectivePush(image)), digest: image.digest }
}

/** What refers to an image is not the policy's until a day after the image: so long it belongs to the image, and may come back with it. */
export function subjectsProtectSince(at: Date): Date {
  return new Date(at.getTime() - referrersOutlive)
}
