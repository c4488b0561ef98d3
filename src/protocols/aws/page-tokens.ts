import { createHash } from 'node:crypto'
import type { Seal } from '../../access/seal.ts'
import { InvalidParameterError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Pages } from '../../services/service.ts'
import { isMembers, type Members } from './values.ts'

/** What a page token is good for: one operation in one registry with the same input. */
export interface PagedRequest {
  /** For instance `ecr:ListImages`. */
  readonly operation: string
  readonly registry: RegistryKey
  readonly input: Members
  /** Whether the action reads and makes its tokens by itself. */
  readonly hasOwnTokens?: boolean
}

/**
 * The page tokens of one request. Its `nextToken` (or `NextToken`) is looked at here and now, if it has one; how many rows a page
 * has may differ from page to page, everything else must be the same.
 *
 * @throws InvalidParameterError at `nextToken` for a token that this server didn't make, or made for another request
 */
export function pagesOf(request: PagedRequest, seal: Seal): Pages {
  const nextToken = request.hasOwnTokens ? undefined : tokenIn(request)
  return {
    position: nextToken === undefined ? undefined : openToken(nextToken, request, seal),
    next: (position) => seal.seal({ binding: bindingOf(request), position }),
  }
}

function tokenIn({ input }: PagedRequest): unknown {
  return input.nextToken ?? input.NextToken ?? input.Marker
}

function openToken(token: unknown, request: PagedRequest, seal: Seal): unknown {
  const opened = typeof token === 'string' ? seal.open(token) : undefined
  if (isMembers(opened) && opened.binding === bindingOf(request)) return opened.position
  throw new InvalidParameterError('nextToken', 'Invalid next token')
}

/**
 * Made only when a request pages: others may hold megabytes of bytes. Members stand in the model's order whatever order the
 * client wrote them in, so equal inputs give equal text.
 */
function bindingOf({ operation, registry, input }: PagedRequest): string {
  const { nextToken, NextToken, Marker, maxResults, MaxResults, MaxItems, Limit, limit, ...rest } = input
  const bound = JSON.stringify([operation, registry.account, registry.region, rest])
  return createHash('sha256').update(bound).digest('base64url')
}
