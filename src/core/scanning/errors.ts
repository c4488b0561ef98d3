import { DomainError } from '../errors.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryFacts } from '../repositories/errors.ts'

/** What a pull gate has against an image. */
export type GateObjection =
  | {
      /** Why no scan tells what is wrong with the image. */
      readonly unscanned: string
    }
  | {
      readonly severity: string
      /** Worst first. */
      readonly stopped: readonly { readonly name: string; readonly packageName: string }[]
    }

/** Vulnerabilities named in a message; more are counted. */
const mostNamed = 10

/** An image that can't be pulled for what scans have found in it, or haven't told. */
export class PullRefusedByGateError extends DomainError {
  override readonly name = 'PullRefusedByGateError'
  constructor({ name }: RepositoryFacts, digest: Digest, objection: GateObjection) {
    super(
      `The image with digest '${digest}' can't be pulled from the repository with name '${name}': ${explainObjection(objection)}`,
    )
  }
}

function explainObjection(objection: GateObjection): string {
  if ('unscanned' in objection)
    return `its pull gate wants every image scanned, and of this one no scan tells anything (${objection.unscanned})`
  const { severity, stopped } = objection
  const named = stopped.slice(0, mostNamed).map(({ name, packageName }) => `${name} (${packageName})`)
  const more = stopped.length > named.length ? ` and ${stopped.length - named.length} more` : ''
  return `its pull gate stops findings of severity ${severity} or worse, which it has: ${named.join(', ')}${more}`
}

export class ScanNotFoundError extends DomainError {
  override readonly name = 'ScanNotFoundError'
  constructor(
    { account, name }: RepositoryFacts,
    asked: { readonly digest?: string | undefined; readonly tag?: string | undefined },
  ) {
    super(
      `Image scan does not exist for the image with '{imageDigest:'${asked.digest ?? 'null'}', imageTag:'${asked.tag ?? 'null'}'}' in the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

/** An index, or what is no container image: scans look at the images that an index lists. */
export class UnsupportedImageTypeError extends DomainError {
  override readonly name = 'UnsupportedImageTypeError'
  constructor() {
    super('The operating system and/or package manager are not supported')
  }
}

/** Basic scanning's own operations while enhanced scanning is on. */
export class FeatureDisabledError extends DomainError {
  override readonly name = 'FeatureDisabledError'
  constructor() {
    super('This feature is disabled')
  }
}
