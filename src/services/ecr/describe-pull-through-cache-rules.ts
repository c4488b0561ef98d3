import type {
  DescribePullThroughCacheRulesRequest,
  DescribePullThroughCacheRulesResponse,
} from '@aws-sdk/client-ecr'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import { PullThroughCacheRuleNotFoundError } from '../../core/pull-through/errors.ts'
import type { Checked } from '../checked.ts'
import { type Page, readPage } from '../page.ts'
import type { Call } from '../service.ts'
import { cacheRuleShape } from './cache-rule-members.ts'
import type { EcrAction } from './ecr-action.ts'
import type { EcrContext } from './ecr-context.ts'
import { refusePaging } from './explicit-list.ts'
import { onRequestedRegistry } from './permissions.ts'
import { defaultPageSize, prefixPosition } from './positions.ts'
import { requestedRegistry } from './requested-repository.ts'

type Input = Checked<DescribePullThroughCacheRulesRequest>

/**
 * Describes the rules with these prefixes, or all of the registry by prefix. A prefix that has none fails the call.
 *
 * @see Amazon ECR API reference, DescribePullThroughCacheRules
 */
export const describePullThroughCacheRules: EcrAction<
  DescribePullThroughCacheRulesRequest,
  DescribePullThroughCacheRulesResponse
> = {
  operation: 'DescribePullThroughCacheRules',
  permissions: onRequestedRegistry('ecr:DescribePullThroughCacheRules'),
  async run(input, call, context) {
    const read = input.ecrRepositoryPrefixes === undefined ? listed : named
    const { rows, nextToken } = await read(input, call, context)
    const key = requestedRegistry(input, call)
    return { pullThroughCacheRules: rows.map((rule) => cacheRuleShape(key, rule)), nextToken }
  },
}

function listed(input: Input, call: Call, { registry }: EcrContext): Promise<Page<CacheRule>> {
  const after = prefixPosition(call.pages)
  return readPage(call, {
    size: input.maxResults ?? defaultPageSize,
    read: (limit) => registry.metadata.cacheRules.list(requestedRegistry(input, call), { after, limit }),
    positionOf: (last) => last.prefix,
  })
}

async function named(input: Input, call: Call, { registry }: EcrContext): Promise<Page<CacheRule>> {
  refusePaging('ecrRepositoryPrefixes', input)
  const rows: CacheRule[] = []
  for (const prefix of new Set(input.ecrRepositoryPrefixes)) {
    const rule = await registry.metadata.cacheRules.find(requestedRegistry(input, call), prefix)
    if (rule === undefined) throw new PullThroughCacheRuleNotFoundError()
    rows.push(rule)
  }
  return { rows, nextToken: undefined }
}
