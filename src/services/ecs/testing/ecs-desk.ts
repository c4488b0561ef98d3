import { rootOf } from '../../../access/principal.ts'
import type { ContainerInstance } from '../../../core/ecs/container-instance.ts'
import { parseRegion } from '../../../core/names/region.ts'
import { digestsOfTags, type FindDigests } from '../../../registry/ecs/digests-of-tags.ts'
import { ourAccount as account, openEcrDesk } from '../../ecr/testing/ecr-desk.ts'
import type { BoundAction, Call } from '../../service.ts'
import { ecsService } from '../ecs-service.ts'

const region = parseRegion('us-east-1')

/** The engine's id as a container instance. */
export const instanceId = 'e'.repeat(32)

/** The account's root, who calls in a region of its own. */
const call: Call = {
  caller: rootOf(account),
  registry: { account, region },
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  requestId: 'request-1',
  endpoint: 'http://localhost:4566',
  pages: { position: undefined, next: JSON.stringify },
}

/** ECS's operations on a registry of their own, with an engine that nothing is ever run on. */
export interface EcsDesk extends AsyncDisposable {
  readonly actions: ReadonlyMap<string, BoundAction>
  readonly call: Call
  readonly registry: Awaited<ReturnType<typeof openEcrDesk>>['context']['registry']
  /** What an operation answers. @param position where a page goes on */
  // biome-ignore lint/suspicious/noExplicitAny: each operation answers another shape, and tests read them.
  run(operation: string, input: object, position?: unknown): Promise<any>
}

/** @param hasLooked whether somebody has looked there which tasks still run */
export async function openEcsDesk(
  size: Pick<ContainerInstance, 'cpu' | 'memory'>,
  hasLooked = () => true,
): Promise<EcsDesk> {
  const desk = await openEcrDesk()
  const { registry } = desk.context
  const instance = { ...size, id: instanceId, architecture: 'x86_64', engineVersion: '20.10' }
  const findInstance = async () => instance
  const findDigests: FindDigests = ({ account, region }, what) =>
    digestsOfTags(registry, { hosts: [], domains: ['amazonaws.com'], registry: { account, region } }, what)
  const { actions } = ecsService({
    registry,
    findInstance,
    findDigests,
    hasLooked,
    issueExecToken: () => '',
    onExec: () => {},
  })
  return {
    actions,
    call,
    registry,
    run: async (operation, input, position) =>
      actions.get(operation)?.run(input, { ...call, pages: { position, next: JSON.stringify } }),
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  }
}
