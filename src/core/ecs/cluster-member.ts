import type { ClusterKey } from './cluster.ts'
import { EcsInvalidParameterError } from './errors.ts'

/** What lies in a cluster under an id of its own. */
interface Member {
  readonly cluster: ClusterKey
  readonly id: string
}

/** How the id is called, and how an ARN of its kind is read. */
interface MemberKind {
  readonly idName: 'taskId' | 'instanceId'
  parseArn(arn: string): Member | undefined
}

/**
 * The id that a text is, or that the ARN of a member of this cluster ends with. ECS's ids have 32 hexadecimal digits, and had the form of a UUID.
 *
 * @throws EcsInvalidParameterError for any other text, in ECS's words
 */
export function parseMemberId(text: string, cluster: ClusterKey, { idName, parseArn }: MemberKind): string {
  if (!text.startsWith('arn:')) {
    if (/^([0-9a-f]{32}|[0-9a-f-]{36})$/.test(text)) return text
    throw new EcsInvalidParameterError(`${idName} length should be one of [32,36]`)
  }
  const member = parseArn(text)
  if (member === undefined)
    throw new EcsInvalidParameterError('Invalid identifier: Unexpected number of separators')
  requireInCluster(member.cluster, cluster)
  return member.id
}

/**
 * What an ARN names has to lie in the cluster that its request names, or in the default one if that names none.
 *
 * @throws EcsInvalidParameterError in ECS's words
 */
export function requireInCluster(found: ClusterKey, asked: ClusterKey): void {
  requireSame('cluster', found.name, asked.name)
  requireSame('region', found.region, asked.region)
  requireSame('account', found.account, asked.account)
}

function requireSame(what: string, found: string, asked: string): void {
  if (found === asked) return
  throw new EcsInvalidParameterError(
    `Invalid identifier: Identifier is for ${what} ${found}. Your ${what} is ${asked}`,
  )
}
