import { knownServices, loadModel } from '../known-services.ts'
import type { ServiceModel } from '../service-model.ts'

const models = new Map<string, ServiceModel>()
for (const known of knownServices) models.set(known.name, await loadModel(known))

/** Every model this server holds, by the service's name in signatures. */
export function loadModels(): ReadonlyMap<string, ServiceModel> {
  return models
}
