import { rootOf } from '../../../access/principal.ts'
import { home, type MessagingWorld, openMessagingWorld } from '../../../messaging/testing/messaging-world.ts'
import { startWebHook, type WebHook } from '../../../messaging/testing/web-hook.ts'
import { logsService } from '../../logs/logs-service.ts'
import type { Call } from '../../service.ts'
import { snsService } from '../../sns/sns-service.ts'
import { sqsService } from '../../sqs/sqs-service.ts'
import { eventsService } from '../events-service.ts'

/** EventBridge, SNS and CloudWatch Logs over one database, and a web hook, at a time of the test's choosing. */
export interface EventsDesk extends AsyncDisposable {
  readonly world: MessagingWorld
  readonly hook: WebHook
  /** Runs an operation of any of the services as the account's root. */
  // biome-ignore lint/suspicious/noExplicitAny: each operation answers another shape, and tests read them.
  run(operation: string, input: object): Promise<any>
  /** An API destination at a URL, with its ARN. */
  destinationAt(url: string, auth: object): Promise<string>
  /** A rule named `orders` that sends what a shop tells to one target. */
  ruleTo(arn: string, more?: object): Promise<void>
  /** Puts an order, or another entry, and waits until all is delivered. */
  putOrder(entry?: object): ReturnType<EventsDesk['run']>
}

export const orderPattern = '{"source":["shop"]}'
export const order = { Source: 'shop', DetailType: 'Order', Detail: '{"id":7,"who":"Ann Lee"}' }

const call: Call = {
  caller: rootOf(home.account),
  registry: home,
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  requestId: 'request-1',
  endpoint: 'http://localhost:4566',
  pages: { position: undefined, next: String },
}

export async function openEventsDesk(
  options: Parameters<typeof openMessagingWorld>[0] = {},
): Promise<EventsDesk> {
  await using opening = new AsyncDisposableStack()
  const world = opening.use(await openMessagingWorld(options))
  const hook = opening.use(await startWebHook())
  const { messaging } = world
  const services = [
    eventsService({ messaging }),
    snsService({ messaging }),
    sqsService({ messaging }),
    logsService({ logs: messaging }),
  ]
  const run: EventsDesk['run'] = async (operation, input) => {
    const action = services.map(({ actions }) => actions.get(operation)).find((one) => one !== undefined)
    return action?.run(input, call)
  }
  const opened = opening.move()
  return {
    world,
    hook,
    run,
    async destinationAt(url, auth) {
      const { ConnectionArn } = await run('CreateConnection', { Name: 'hook', ...auth })
      const destination = { Name: 'hook', ConnectionArn, InvocationEndpoint: url, HttpMethod: 'POST' }
      return (await run('CreateApiDestination', destination)).ApiDestinationArn
    },
    async ruleTo(Arn, more = {}) {
      await run('PutRule', { Name: 'orders', EventPattern: orderPattern })
      const { FailedEntries } = await run('PutTargets', {
        Rule: 'orders',
        Targets: [{ Id: 'one', Arn, ...more }],
      })
      if (FailedEntries.length > 0) throw new Error(JSON.stringify(FailedEntries))
    },
    async putOrder(entry = order) {
      const answer = await run('PutEvents', { Entries: [entry] })
      await world.settle()
      return answer
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
