import { InvalidParameterError } from '../../core/errors.ts'
import { isRoleArn } from '../../core/names/arn.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import {
  UnableToAccessSecretError,
  UnsupportedUpstreamRegistryError,
} from '../../core/pull-through/errors.ts'
import { needsCredentials } from '../../core/pull-through/upstream-kind.ts'
import type { Registry } from '../registry.ts'

/**
 * Checks the credentials of a rule: they are there where the upstream wants some, and of the rule's own account and region.
 *
 * @throws UnsupportedUpstreamRegistryError when they are lacking
 * @throws SecretNotFoundError, UnableToAccessSecretError, UnableToDecryptSecretValueError
 * @throws InvalidParameterError at `customRoleArn`
 */
export async function checkCredentials(
  { upstreams }: Registry,
  { account, region }: RegistryKey,
  {
    upstreamKind,
    credentialArn,
    customRoleArn,
  }: Pick<CacheRule, 'upstreamKind' | 'credentialArn' | 'customRoleArn'>,
): Promise<void> {
  if (customRoleArn !== undefined && !isRoleArn(customRoleArn)) {
    throw new InvalidParameterError('customRoleArn', 'Invalid ARN')
  }
  if (credentialArn === undefined) {
    if (upstreamKind === undefined || !needsCredentials(upstreamKind)) return
    throw new UnsupportedUpstreamRegistryError(
      'The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN.',
    )
  }
  const [, , , secretRegion, secretAccount] = credentialArn.split(':')
  if (secretRegion !== region || secretAccount !== account) throw new UnableToAccessSecretError()
  await upstreams.settings.findSecret(credentialArn)
}
