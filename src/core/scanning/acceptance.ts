import type { Digest } from '../names/digest.ts'
import type { RepositoryName } from '../names/repository-name.ts'
import type { Severity, SeverityCounts } from './severity.ts'

/** Why somebody need not mend a vulnerability: it can't be used here, it is mended already, or the risk is borne. */
export const acceptanceStatuses = ['NOT_AFFECTED', 'FIXED', 'RISK_ACCEPTED'] as const

export type AcceptanceStatus = (typeof acceptanceStatuses)[number]

/** OpenVEX's words for why something isn't affected. @see OpenVEX specification 0.2.0, "Status Justifications" */
export const justifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const

export type Justification = (typeof justifications)[number]

/** Which findings somebody has accepted: those of one vulnerability, and where no more is said, wherever the registry has it. */
export interface AcceptanceScope {
  readonly vulnerability: string
  readonly repository?: RepositoryName | undefined
  readonly digest?: Digest | undefined
  /** As findings name the package. */
  readonly packageName?: string | undefined
}

/** That somebody has accepted findings, and why. They are still found and shown; counts and pull gates leave them out. */
export interface Acceptance extends AcceptanceScope {
  readonly status: AcceptanceStatus
  readonly reason: string
  readonly justification?: Justification | undefined
  /** From then on it holds no more. */
  readonly expiresAt?: Date | undefined
  /** The ARN of who accepted it. */
  readonly by: string
  readonly at: Date
}

/** A finding, as far as an acceptance asks. */
export interface AcceptableFinding {
  readonly name: string
  readonly packageName: string
}

export interface FindingImage {
  readonly repository: RepositoryName
  readonly digest: Digest
}

/** What a registry has accepted, by vulnerability. */
export class Acceptances {
  readonly #byName: ReadonlyMap<string, readonly Acceptance[]>

  constructor(all: readonly Acceptance[]) {
    this.#byName = Map.groupBy(all, ({ vulnerability }) => vulnerability)
  }

  /** Vulnerabilities about which there is anything. */
  get names(): readonly string[] {
    return [...this.#byName.keys()]
  }

  /** What says that a finding is accepted at a time, the one that says most of where; undefined when nothing does. */
  of({ name, packageName }: AcceptableFinding, image: FindingImage, now: Date): Acceptance | undefined {
    const holding = (this.#byName.get(name) ?? []).filter(
      (one) => isAbout(one, packageName, image) && !isExpired(one, now),
    )
    return holding.toSorted((one, other) => precision(other) - precision(one))[0]
  }
}

function isAbout(scope: AcceptanceScope, packageName: string, image: FindingImage): boolean {
  return (
    (scope.repository === undefined || scope.repository === image.repository) &&
    (scope.digest === undefined || scope.digest === image.digest) &&
    (scope.packageName === undefined || scope.packageName === packageName)
  )
}

/** Whether an acceptance is over. */
export function isExpired({ expiresAt }: Pick<Acceptance, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now
}

function precision({ repository, digest, packageName }: AcceptanceScope): number {
  return [digest, packageName, repository].filter((part) => part !== undefined).length
}

/** Counts without those that are accepted. */
export function countsWithout(
  counts: SeverityCounts,
  accepted: readonly { readonly severity: Severity }[],
): SeverityCounts {
  const rest: SeverityCounts = { ...counts }
  for (const { severity } of accepted) {
    const left = (rest[severity] ?? 0) - 1
    if (left > 0) rest[severity] = left
    else delete rest[severity]
  }
  return rest
}
