import type { Digest } from '../../names/digest.ts'
import type { TaskDefinition } from '../task-definition.ts'

/** A task that a deployment counts on: one that is to run. */
export interface DeployedTask {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** Whether it has run and been healthy. */
  readonly hasBeenUp: boolean
}

/** One way to run a service: a revision of a task definition, with what its images' tags were when it began. */
export interface Deployment {
  /** `ecs-svc/` and 19 digits. */
  readonly id: string
  readonly family: string
  readonly revision: number
  /** A copy, which stays when the task definition is deleted. */
  readonly content: TaskDefinition['content']
  /** In network mode awsvpc: where its tasks' interfaces are; the first is taken. */
  readonly subnets?: readonly string[]
  /** By containers' names, once they are known: what its images' tags pointed at, in Berth's registries or as its first task pulled them. */
  readonly digests?: Readonly<Record<string, Digest>>
  readonly rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly rolloutReason: string
  /** Why the service has come back to it, if it has, and how many tasks had failed of what it came from. */
  readonly return?: { readonly reason: string; readonly failures: number }
  /** Whether it was told that it began. */
  readonly isAnnounced: boolean
  readonly tasks: readonly DeployedTask[]
  /** Whether any of its tasks has ever been up. */
  readonly hasBeenUp: boolean
  /** How many tasks in a row have failed. */
  readonly failedTasks: number
  /** Those of them that the circuit breaker counts. */
  readonly strikes: number
  /** Milliseconds since 1970 before which no task is started, since others have failed. */
  readonly startsAfter: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a deployment runs. */
export type DeployedRevision = Pick<Deployment, 'family' | 'revision' | 'content' | 'subnets'>

/**
 * A deployment that begins.
 *
 * @param uuid a random one, whose digits the id is made of
 */
export function newDeployment(
  { family, revision, content, subnets }: DeployedRevision,
  uuid: string,
  at: number,
): Deployment {
  const id = deploymentId(uuid)
  return {
    id,
    family,
    revision,
    content,
    ...(subnets !== undefined && { subnets }),
    rollout: 'IN_PROGRESS',
    rolloutReason: `ECS deployment ${id} in progress.`,
    isAnnounced: false,
    tasks: [],
    hasBeenUp: false,
    failedTasks: 0,
    strikes: 0,
    startsAfter: 0,
    createdAt: at,
    updatedAt: at,
  }
}

const lowestNumber = 1_000_000_000_000_000_000n
const numbers = 9_000_000_000_000_000_000n

function deploymentId(uuid: string): string {
  return `ecs-svc/${lowestNumber + (BigInt(`0x${uuid.replaceAll('-', '')}`) % numbers)}`
}
