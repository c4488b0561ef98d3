import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import type { BerthContext } from './berth-context.ts'
import { describeServer } from './describe-server.ts'
import { berthFaults } from './faults.ts'

const actions = [describeServer]

/** What Berth offers beyond AWS, under `/berth/v1/`. */
export function berthService(context: BerthContext): Service {
  return { name: 'berth', actions: bindActions(context, actions), faults: berthFaults }
}
