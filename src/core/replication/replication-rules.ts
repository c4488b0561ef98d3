import { InvalidParameterError } from '../errors.ts'
import type { ChangeReason } from '../images/cause.ts'
import { isSameRegistry, type RegistryKey, type RepositoryKey } from '../names/registry-key.ts'

/** Where a registry's images go as well. */
export interface ReplicationRule {
  readonly destinations: readonly RegistryKey[]
  /** What names of repositories begin with, one of them at the least; every repository's images go when there are none. */
  readonly prefixes?: readonly string[] | undefined
}

/** Amazon ECR user guide, "Private image replication": over all rules of a registry. */
const mostDestinations = 25

/**
 * Checks what the service model can't say of a registry's rules.
 *
 * @throws InvalidParameterError at `replicationConfiguration`
 * @see Amazon ECR user guide, "Considerations for private image replication"
 */
export function checkReplicationRules(source: RegistryKey, rules: readonly ReplicationRule[]): void {
  const destinations = distinct(rules.flatMap((rule) => rule.destinations))
  if (destinations.some((destination) => isSameRegistry(destination, source))) {
    throw invalid('Replication destination cannot be the same as the source registry')
  }
  if (destinations.length > mostDestinations) {
    throw invalid(`Replication rules cannot have more than ${mostDestinations} unique destinations`)
  }
}

/**
 * Where the images of a repository go: to the destinations of every rule that its name fits, to each once and never to its own
 * registry.
 */
export function destinationsOf(
  rules: readonly ReplicationRule[],
  repository: RepositoryKey,
): readonly RegistryKey[] {
  const fitting = rules.filter(({ prefixes }) => fits(prefixes, repository.name))
  return distinct(fitting.flatMap(({ destinations }) => destinations)).filter(
    (destination) => !isSameRegistry(destination, repository),
  )
}

/**
 * Whether an image that came this way goes on to other registries: what was pushed, signed or restored does. What arrived by replication
 * stays where it is, so that rules that point at each other end.
 *
 * @see Amazon ECR user guide, "Considerations for private image replication"
 */
export function goesOn(reason: ChangeReason): boolean {
  return reason === 'push' || reason === 'put-image' || reason === 'sign' || reason === 'restore'
}

function fits(prefixes: readonly string[] | undefined, name: string): boolean {
  return prefixes === undefined || prefixes.some((prefix) => name.startsWith(prefix))
}

function distinct(registries: readonly RegistryKey[]): RegistryKey[] {
  const byName = new Map(registries.map((registry) => [`${registry.account} ${registry.region}`, registry]))
  return [...byName.values()]
}

function invalid(constraint: string): InvalidParameterError {
  return new InvalidParameterError('replicationConfiguration', constraint)
}
