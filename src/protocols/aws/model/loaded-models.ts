import berth from '../models/berth.json' with { type: 'json' }
import ecr from '../models/ecr.json' with { type: 'json' }
import ecs from '../models/ecs.json' with { type: 'json' }
import events from '../models/events.json' with { type: 'json' }
import iam from '../models/iam.json' with { type: 'json' }
import logs from '../models/logs.json' with { type: 'json' }
import sns from '../models/sns.json' with { type: 'json' }
import sqs from '../models/sqs.json' with { type: 'json' }
import sts from '../models/sts.json' with { type: 'json' }
import { readServiceModel, type ServiceModel } from './service-model.ts'

/** Every model this server holds, by the service's name in signatures. */
export function loadModels(): ReadonlyMap<string, ServiceModel> {
  return new Map(
    [berth, ecr, ecs, events, iam, logs, sns, sqs, sts]
      .map(readServiceModel)
      .map((model) => [model.name, model]),
  )
}
