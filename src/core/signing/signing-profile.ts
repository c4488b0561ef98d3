import { type AccountId, isAccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'

/** A key that signs, as AWS Signer names it: of one account in one region. */
export interface SigningProfile extends RegistryKey {
  readonly name: string
}

/** `arn:aws:signer:<region>:<account>:/signing-profiles/<name>` */
export function signingProfileArn({ account, region, name: profile }: SigningProfile): string {
  return `arn:aws:signer:${region}:${account}:/signing-profiles/${profile}`
}

/** The profile that an ARN names; undefined for any other text. */
export function readSigningProfileArn(arn: string): SigningProfile | undefined {
  const [, , service, region = '', account = '', path = ''] = arn.split(':')
  const profile = path.replace(/^\/signing-profiles\//, '')
  if (service !== 'signer' || !isRegion(region) || !isAccountId(account)) return undefined
  return { account: account as AccountId, region, name: profile }
}
