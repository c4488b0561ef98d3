import {
  CreatePullThroughCacheRuleCommand,
  DeletePullThroughCacheRuleCommand,
  DescribePullThroughCacheRulesCommand,
  type ECRClient,
  PullThroughCacheRuleNotFoundException,
  UpdatePullThroughCacheRuleCommand,
} from '@aws-sdk/client-ecr'
import { differ, type Resource, single, unlessGone } from '../resource.ts'

export interface CacheRuleAttributes {
  readonly ecrRepositoryPrefix: string
  readonly upstreamRegistryUrl: string
  /** Empty when left out; anything but what is configured would plan a replacement. */
  readonly upstreamRepositoryPrefix: string
  readonly credentialArn: string
  readonly customRoleArn: string
}

/** `aws_ecr_pull_through_cache_rule` */
export function cacheRuleResource(
  ecr: ECRClient,
  ecrRepositoryPrefix: string,
): Resource<CacheRuleAttributes> {
  const find = async () => {
    const described = ecr.send(
      new DescribePullThroughCacheRulesCommand({ ecrRepositoryPrefixes: [ecrRepositoryPrefix] }),
    )
    const answer = await unlessGone(described, PullThroughCacheRuleNotFoundException)
    return answer && single(answer.pullThroughCacheRules)
  }
  return {
    async create({ upstreamRegistryUrl, upstreamRepositoryPrefix, credentialArn, customRoleArn }) {
      await ecr.send(
        new CreatePullThroughCacheRuleCommand({
          ecrRepositoryPrefix,
          upstreamRegistryUrl,
          upstreamRepositoryPrefix: upstreamRepositoryPrefix || undefined,
          credentialArn: credentialArn || undefined,
          customRoleArn: customRoleArn || undefined,
        }),
      )
    },
    async read() {
      const rule = await find()
      if (rule === undefined) return undefined
      return {
        ecrRepositoryPrefix: rule.ecrRepositoryPrefix ?? '',
        upstreamRegistryUrl: rule.upstreamRegistryUrl ?? '',
        upstreamRepositoryPrefix: rule.upstreamRepositoryPrefix ?? '',
        credentialArn: rule.credentialArn ?? '',
        customRoleArn: rule.customRoleArn ?? '',
      }
    },
    async update(before, wanted) {
      const { credentialArn, customRoleArn } = wanted
      if (!differ(before, wanted)) return
      await ecr.send(
        new UpdatePullThroughCacheRuleCommand({
          ecrRepositoryPrefix,
          credentialArn: credentialArn || undefined,
          customRoleArn: customRoleArn || undefined,
        }),
      )
    },
    async destroy() {
      const { registryId } = (await find()) ?? {}
      const deletion = new DeletePullThroughCacheRuleCommand({ ecrRepositoryPrefix, registryId })
      await unlessGone(ecr.send(deletion), PullThroughCacheRuleNotFoundException)
    },
  }
}
