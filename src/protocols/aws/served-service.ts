import type { BoundAction, Service } from '../../services/service.ts'
import { type Manners, mannersOf } from './manners.ts'
import type { Operation, ServiceModel } from './model/service-model.ts'

/** A service the front end answers for: its model, its actions and its manners. */
export interface ServedService {
  readonly model: ServiceModel
  readonly service: Service
  readonly manners: Manners
}

/** An operation that its service's model knows and that this server has an action for. */
export interface Offer {
  readonly served: ServedService
  readonly operation: Operation
  readonly action: BoundAction
}

/** What a service offers under a name, or undefined. */
export function findOffer(served: ServedService, name: string): Offer | undefined {
  const operation = served.model.operations.get(name)
  const action = served.service.actions.get(name)
  return operation && action && { served, operation, action }
}

/**
 * Joins services to their models.
 *
 * @throws RangeError when a service has no model, or an action that its model doesn't have
 */
export function joinModels(
  services: readonly Service[],
  models: ReadonlyMap<string, ServiceModel>,
): ServedService[] {
  return services.map((service) => {
    const model = models.get(service.name)
    if (!model) throw new RangeError(`There is no service model for ${service.name}`)
    const stray = service.actions.keys().find((name) => !model.operations.has(name))
    if (stray !== undefined) throw new RangeError(`The model of ${service.name} has no operation ${stray}`)
    return { model, service, manners: mannersOf(service.name) }
  })
}
