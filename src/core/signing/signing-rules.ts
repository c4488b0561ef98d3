import { InvalidParameterError } from '../errors.ts'
import type { ChangeReason } from '../images/cause.ts'
import type { Digest } from '../names/digest.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import { matchesWildcard } from '../repositories/wildcard.ts'
import { readSigningProfileArn } from './signing-profile.ts'

/** Whose key signs which repositories' images. */
export interface SigningRule {
  /** ARN of a signing profile. */
  readonly profile: string
  /** Patterns with `*` that the whole name of a repository fits, one of them at the least; every repository's without any. */
  readonly filters?: readonly string[] | undefined
}

/**
 * Checks what the service model can't say of a registry's rules.
 *
 * @throws InvalidParameterError at `signingConfiguration`
 * @see Amazon ECR user guide, "Managed signing": profiles are of the registry's own region, of whichever account
 */
export function checkSigningRules(registry: RegistryKey, rules: readonly SigningRule[]): void {
  for (const { profile } of rules) {
    if (readSigningProfileArn(profile)?.region === registry.region) continue
    const constraint = `Signing profiles must be in the region of the registry, ${registry.region}`
    throw new InvalidParameterError('signingConfiguration', constraint)
  }
}

/** The ARNs of the profiles that sign the images of a repository, each once, in the order of the rules. */
export function signersOf(rules: readonly SigningRule[], repositoryName: string): readonly string[] {
  const fitting = rules.filter(
    ({ filters }) =>
      filters === undefined || filters.some((filter) => matchesWildcard(filter, repositoryName)),
  )
  return [...new Set(fitting.map(({ profile }) => profile))]
}

const signatureTag = /^sha256-[0-9a-f]{64}(\.[a-z]+)?$/

/**
 * Whether an image that came so is signed: one that was pushed, unless it is a signature or refers to an image in another way,
 * by its `subject` or by the tag of clients that know no subjects.
 *
 * @see Amazon ECR user guide, "Managed signing"
 */
export function isToBeSigned(image: {
  readonly reason: ChangeReason
  readonly subject?: Digest | undefined
  readonly tags: readonly Tag[]
}): boolean {
  const { reason, subject, tags } = image
  if (reason !== 'push' && reason !== 'put-image') return false
  return subject === undefined && !tags.some((tag) => signatureTag.test(tag))
}
