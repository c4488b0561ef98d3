import { type DeployedRevision, newDeployment } from './deployment.ts'
import type { Service } from './service.ts'

/**
 * Has a service go over to a revision, whose images' tags are looked up anew. Its scheduler tells of it with its next step.
 *
 * @param given a random UUID, and the time in milliseconds since 1970
 */
export function beginDeployment(
  service: Service,
  revision: DeployedRevision,
  { uuid, at }: { readonly uuid: string; readonly at: number },
): Service {
  const { steadyAt: _, ...unsteady } = service
  return { ...unsteady, deployments: [newDeployment(revision, uuid, at), ...service.deployments] }
}
