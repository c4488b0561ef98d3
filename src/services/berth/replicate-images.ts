import { isDigest } from '../../core/names/digest.ts'
import { isRepositoryName, parseRepositoryName } from '../../core/names/repository-name.ts'
import {
  type BackfilledImage,
  type BackfillPosition,
  replicateExisting,
} from '../../registry/replicate-existing.ts'
import { invalidNextToken } from '../next-token.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'
import type { ReplicatedImage } from './shapes.ts'

const defaultPageSize = 100
/** Looked at in one transaction, which others wait for. */
const largestPage = 250

/** Has images that are here already replicated as the rules say. */
export const replicateImages: BerthAction<'ReplicateImages'> = {
  operation: 'ReplicateImages',
  permissions: onRegistry('berth:ReplicateImages'),
  async run({ repositoryName, dryRun, again, maxResults }, call, { registry }) {
    const { images, next } = await replicateExisting(registry, {
      registry: call.registry,
      repository: repositoryName === undefined ? undefined : parseRepositoryName(repositoryName),
      from: readPosition(call.pages),
      limit: Math.min(maxResults ?? defaultPageSize, largestPage),
      effect: dryRun ? 'told' : 'asked',
      scope: again ? 'all' : 'missing',
    })
    return { images: images.map(toShape), nextToken: next && call.pages.next(toToken(next)) }
  },
}

function toToken({ repository, after }: BackfillPosition): unknown {
  return after === undefined ? [repository] : [repository, after.pushedAt.getTime(), after.digest]
}

/** @throws InvalidParameterError at `nextToken` */
function readPosition({ position }: Pages): BackfillPosition | undefined {
  if (position === undefined) return undefined
  const [repository, pushedAt, digest]: unknown[] = Array.isArray(position) ? position : []
  if (typeof repository === 'string' && isRepositoryName(repository)) {
    if (pushedAt === undefined) return { repository }
    if (typeof pushedAt === 'number' && typeof digest === 'string' && isDigest(digest)) {
      return { repository, after: { pushedAt: new Date(pushedAt), digest } }
    }
  }
  throw invalidNextToken()
}

function toShape({ repository, digest, tags, destinations }: BackfilledImage): ReplicatedImage {
  return {
    repositoryName: repository,
    imageDigest: digest,
    imageTags: tags,
    destinations: destinations.map(({ region, account }) => ({ region, registryId: account })),
  }
}
