import { DomainError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import {
  PullThroughCacheRuleNotFoundError,
  UpstreamUnavailableError,
} from '../../core/pull-through/errors.ts'
import { checkAnswer } from '../../outbound/registry/check-answer.ts'
import type { RegistrySession } from '../../outbound/registry/registry-session.ts'
import type { Registry } from '../registry.ts'
import { checkCredentials } from './check-credentials.ts'
import { askUpstream } from './upstream-trouble.ts'

/** A rule, and what keeps it from working; nothing when it works. */
export interface CacheRuleValidation {
  readonly rule: CacheRule
  readonly failure?: string
}

const maxBytes = 65_536
const deadline = 30_000

/** Logs in to a rule's upstream as it is now. @throws PullThroughCacheRuleNotFoundError */
export async function validateCacheRule(
  registry: Registry,
  key: RegistryKey,
  prefix: string,
): Promise<CacheRuleValidation> {
  const rule = await registry.metadata.cacheRules.find(key, prefix)
  if (rule === undefined) throw new PullThroughCacheRuleNotFoundError()
  try {
    await checkCredentials(registry, key, rule)
    await askUpstream(registry, rule, (session) => logIn(registry, session))
    return { rule }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { rule, failure: error.message }
  }
}

/** @see distribution spec, "Determining Support" */
async function logIn({ now }: Registry, session: RegistrySession): Promise<void> {
  await using answer = await session.send({ method: 'GET', path: '/v2/', maxBytes, deadline })
  if (answer.status === 404) throw new UpstreamUnavailableError(`${answer.url.host} is no container registry`)
  checkAnswer(answer, now())
}
