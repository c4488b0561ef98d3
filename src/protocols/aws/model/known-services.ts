import type { ModelJson } from './model-json.ts'
import { readServiceModel, type ServiceModel } from './service-model.ts'

/** A service that this server holds the model of: what tells its requests from others', and where the rest is read. */
export interface KnownService {
  /** The service's name in signatures, such as `ecr`. */
  readonly name: string
  readonly protocol: ServiceModel['protocol']
  /** What stands before the dot in a JSON service's `X-Amz-Target`, or a Query service's `Version`. */
  readonly mark: string
  readonly read: () => Promise<{ readonly default: ModelJson }>
}

/** Models are large, and most servers are asked for few services: each is read with the first request for it. */
export const knownServices: readonly KnownService[] = [
  {
    name: 'berth',
    protocol: 'json',
    mark: '',
    read: () => import('../models/berth.json', { with: { type: 'json' } }),
  },
  {
    name: 'ecr',
    protocol: 'json',
    mark: 'AmazonEC2ContainerRegistry_V20150921',
    read: () => import('../models/ecr.json', { with: { type: 'json' } }),
  },
  {
    name: 'ecs',
    protocol: 'json',
    mark: 'AmazonEC2ContainerServiceV20141113',
    read: () => import('../models/ecs.json', { with: { type: 'json' } }),
  },
  {
    name: 'events',
    protocol: 'json',
    mark: 'AWSEvents',
    read: () => import('../models/events.json', { with: { type: 'json' } }),
  },
  {
    name: 'iam',
    protocol: 'query',
    mark: '2010-05-08',
    read: () => import('../models/iam.json', { with: { type: 'json' } }),
  },
  {
    name: 'logs',
    protocol: 'json',
    mark: 'Logs_20140328',
    read: () => import('../models/logs.json', { with: { type: 'json' } }),
  },
  {
    name: 'sns',
    protocol: 'query',
    mark: '2010-03-31',
    read: () => import('../models/sns.json', { with: { type: 'json' } }),
  },
  {
    name: 'sqs',
    protocol: 'json',
    mark: 'AmazonSQS',
    read: () => import('../models/sqs.json', { with: { type: 'json' } }),
  },
  {
    name: 'sts',
    protocol: 'query',
    mark: '2011-06-15',
    read: () => import('../models/sts.json', { with: { type: 'json' } }),
  },
]

/** Reads a service's model, anew each time. */
export async function loadModel({ read }: KnownService): Promise<ServiceModel> {
  return readServiceModel((await read()).default)
}
