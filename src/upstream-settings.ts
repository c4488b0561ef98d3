import type { Config } from './config/config.ts'
import { parseUpstreamRegistries } from './config/upstream-registries.ts'
import { upstreamSecrets } from './config/upstream-secrets.ts'
import type { UpstreamSettings } from './registry/pull-through/upstreams.ts'

/** What a configuration says of upstream registries. */
export function upstreamSettings(config: Config): UpstreamSettings {
  return {
    isAllowed: (origin) => parseUpstreamRegistries(config.upstreamRegistries)?.(origin) === true,
    findSecret: upstreamSecrets(config.upstreamSecrets),
  }
}
