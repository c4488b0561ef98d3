import { berthPrefix } from '../../services/berth/berth-prefix.ts'
import { layersPrefix } from '../../services/ecr/layers-prefix.ts'
import { tasksPrefix } from '../../services/ecs/task-endpoint-paths.ts'
import { isQueuePath } from '../../services/sqs/queue-path.ts'
import { consolePrefix } from '../console/console-prefix.ts'
import { isSigningCertificate } from '../pages/signing-certificate.ts'
import { followsSubscriptionLink } from '../pages/subscription-links.ts'
import { meantService, unofferedService } from '../pages/unoffered-service.ts'
import type { HttpDoor, HttpRequest } from './exchange.ts'

/** The paths of single pages; the last two in development mode alone. */
export type PagePath =
  | '/'
  | '/healthz'
  | '/readyz'
  | '/metrics'
  | '/confirmation.html'
  | '/unsubscribe.html'
  | '/_localstack/health'
  | '/_berth/reset'

/** The doors behind the one port. */
export interface Doors {
  /** Docker's and OCI's API. */
  readonly registry: HttpDoor
  /** The JSON and Query APIs of AWS services, and Berth's own. */
  readonly aws: HttpDoor
  /** Signed URLs of layers, below `layersPrefix`. */
  readonly layers: HttpDoor
  /** Certificates by which messages are verified. */
  readonly certificates: HttpDoor
  /** Links of messages to subscribers. */
  readonly links: HttpDoor
  /** What tasks of ECS ask, below `tasksPrefix`. */
  readonly tasks: HttpDoor
  /** The web console, below `consolePrefix`, if it is to be here. */
  readonly console: HttpDoor | undefined
  /** Single pages by their exact path. */
  readonly pages: ReadonlyMap<PagePath, HttpDoor>
}

/** Sends every request through the door it is meant for; what is meant for none is answered 404. */
export function createFrontDoor(doors: Doors): HttpDoor {
  return (request) => chooseDoor(request, doors)(request)
}

function chooseDoor(request: HttpRequest, doors: Doors): HttpDoor {
  const { method, url, headers, notes } = request
  if (url.startsWith('/v2/')) return doors.registry
  const [path = '', query = ''] = url.split('?', 2)
  if (path === '/v2') return doors.registry
  if (path === '/' && followsSubscriptionLink(request, query)) return doors.links
  if (path.startsWith(berthPrefix) || isAwsCall(method, path, query, headers['x-amz-target']))
    return doors.aws
  if (path.startsWith(layersPrefix)) return doors.layers
  if (path.startsWith(tasksPrefix)) return doors.tasks
  if (isSigningCertificate(path)) return doors.certificates
  if (path === '/console' || path.startsWith(consolePrefix)) return doors.console ?? notFound
  const service = meantService(request)
  if (service !== undefined) return unofferedService(service)
  const pages: ReadonlyMap<string, HttpDoor> = doors.pages
  const page = pages.get(path)
  if (page !== undefined) notes.route = path
  return page ?? notFound
}

/** JSON calls have a target, Query calls an action: in a form posted to `/` or to a queue, or in the query of a presigned URL. */
function isAwsCall(method: string, path: string, query: string, target: unknown): boolean {
  if (target !== undefined) return true
  return (
    (path === '/' || isQueuePath(path)) && (method === 'POST' || new URLSearchParams(query).has('Action'))
  )
}

const notFound: HttpDoor = async () => ({
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
})
