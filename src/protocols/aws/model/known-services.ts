import type { ModelJson } from './model-json.ts'
import { readServiceModel, type ServiceModel } from './service-model.ts'

/** A service that this server holds the model of: what tells its requests from others', and where the rest is read. */
export interface KnownService {
  /** The service's name in signatures, such as `ecr`. */
  readonly name: string
  /** What stands before the dot in the `X-Amz-Target` of JSON requests. */
  readonly target?: string
  /** The `Version` in Query requests. */
  readonly version?: string
  readonly read: () => Promise<{ readonly default: ModelJson }>
}

/** Models are large, and most servers are asked for few services: each is read with the first request for it. */
export const knownServices: readonly KnownService[] = [
  {
    name: 'berth',
    read: () => import('../models/berth.json', { with: { type: 'json' } }),
  },
  {
    name: 'ecr',
    target: 'AmazonEC2ContainerRegistry_V20150921',
    read: () => import('../models/ecr.json', { with: { type: 'json' } }),
  },
  {
    name: 'ecs',
    target: 'AmazonEC2ContainerServiceV20141113',
    read: () => import('../models/ecs.json', { with: { type: 'json' } }),
  },
  {
    name: 'events',
    target: 'AWSEvents',
    read: () => import('../models/events.json', { with: { type: 'json' } }),
  },
  {
    name: 'iam',
    version: '2010-05-08',
    read: () => import('../models/iam.json', { with: { type: 'json' } }),
  },
  {
    name: 'logs',
    target: 'Logs_20140328',
    read: () => import('../models/logs.json', { with: { type: 'json' } }),
  },
  {
    name: 'sns',
    version: '2010-03-31',
    read: () => import('../models/sns.json', { with: { type: 'json' } }),
  },
  {
    name: 'sqs',
    target: 'AmazonSQS',
    version: '2012-11-05',
    read: () => import('../models/sqs.json', { with: { type: 'json' } }),
  },
  {
    name: 'sts',
    version: '2011-06-15',
    read: () => import('../models/sts.json', { with: { type: 'json' } }),
  },
]

/** Reads a service's model, anew each time. */
export async function loadModel({ read }: KnownService): Promise<ServiceModel> {
  return readServiceModel((await read()).default)
}
