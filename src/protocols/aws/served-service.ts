import type { BoundAction, BoundUnsignedAction, Service, ServiceEntry } from '../../services/service.ts'
import { type Manners, mannersOf } from './manners.ts'
import { type KnownService, knownServices, loadModel } from './model/known-services.ts'
import type { Operation, ServiceModel } from './model/service-model.ts'

/** A service the front end finds requests for; the rest of it is loaded with the first of them. */
export interface OfferedService {
  readonly known: KnownService
  /** The same each time. @throws RangeError when the service has an action that its model doesn't have */
  open(): Promise<ServedService>
}

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
  readonly action: BoundAction | BoundUnsignedAction
}

/** What a service offers under a name, or undefined. */
export function findOffer(served: ServedService, name: string): Offer | undefined {
  const operation = served.model.operations.get(name)
  const { actions, unsigned } = served.service
  const action = actions.get(name) ?? unsigned?.get(name)
  return operation && action && { served, operation, action }
}

/** @throws RangeError when a service has no model */
export function offerServices(entries: readonly ServiceEntry[]): OfferedService[] {
  return entries.map((entry) => {
    const known = knownServices.find(({ name }) => name === entry.name)
    if (!known) throw new RangeError(`There is no service model for ${entry.name}`)
    return { known, open: once(() => openService(entry, known)) }
  })
}

async function openService({ load }: ServiceEntry, known: KnownService): Promise<ServedService> {
  const [model, service] = await Promise.all([loadModel(known), load()])
  const names = [...service.actions.keys(), ...(service.unsigned?.keys() ?? [])]
  const stray = names.find((name) => !model.operations.has(name))
  if (stray !== undefined) throw new RangeError(`The model of ${service.name} has no operation ${stray}`)
  return { model, service, manners: mannersOf(service.name) }
}

function once<Made>(make: () => Made): () => Made {
  let made: { readonly it: Made } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}
