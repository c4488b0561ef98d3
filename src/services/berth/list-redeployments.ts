import {
  type FoundRedeployment,
  listRedeployments as list,
} from '../../messaging/redeployments/list-redeployments.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'
import type { Redeployment } from './shapes.ts'

/** Which pushes redeploy which services of the caller's registry. */
export const listRedeployments: BerthAction<'ListRedeployments'> = {
  operation: 'ListRedeployments',
  permissions: onRegistry('berth:ListRedeployments'),
  async run({ cluster, serviceName }, { registry }, { messaging }) {
    const found = await list(messaging, registry)
    const shapes = found.map(redeploymentShape)
    const fits = (asked: string | undefined, name: string) => asked === undefined || asked === name
    return {
      redeployments: shapes.filter((one) => fits(cluster, one.cluster) && fits(serviceName, one.serviceName)),
    }
  },
}

function redeploymentShape({ repositoryName, tag, service, rule }: FoundRedeployment): Redeployment {
  const names = { repositoryName, imageTag: tag, cluster: service.cluster.name, serviceName: service.name }
  return { ...names, ruleName: rule.name, enabled: rule.state !== 'DISABLED' }
}
