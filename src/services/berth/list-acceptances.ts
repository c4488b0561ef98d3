import { isDigest } from '../../core/names/digest.ts'
import { isRepositoryName } from '../../core/names/repository-name.ts'
import type { AcceptanceScope } from '../../core/scanning/acceptance.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { acceptanceShape } from './finding-shapes.ts'
import { onRegistry } from './permissions.ts'

const defaultPageSize = 100

/** What a registry has accepted. */
export const listAcceptances: BerthAction<'ListAcceptances'> = {
  operation: 'ListAcceptances',
  permissions: onRegistry('berth:ListAcceptances'),
  async run({ maxResults }, call, { registry }) {
    const after = readPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.acceptances.list(call.registry, { after, limit }),
      positionOf: ({ vulnerability, repository = '', digest = '', packageName = '' }) => [
        vulnerability,
        repository,
        digest,
        packageName,
      ],
    })
    const now = registry.now()
    return { acceptances: rows.map((each) => acceptanceShape(each, now)), nextToken }
  },
}

/** @throws InvalidParameterError at `nextToken` */
function readPosition({ position }: Pages): AcceptanceScope | undefined {
  if (position === undefined) return undefined
  const parts: unknown[] = Array.isArray(position) ? position : []
  const [vulnerability, repository, digest, packageName] = parts.filter((part) => typeof part === 'string')
  if (vulnerability === undefined || packageName === undefined) throw invalidNextToken()
  return {
    vulnerability,
    ...(repository && isRepositoryName(repository) && { repository }),
    ...(digest && isDigest(digest) && { digest }),
    ...(packageName !== '' && { packageName }),
  }
}
