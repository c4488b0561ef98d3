import type { CreateConnectionRequest, CreateConnectionResponse } from '@aws-sdk/client-eventbridge'
import { EventResourceExistsError } from '../../core/events/errors.ts'
import { authorizeJob } from '../../messaging/destinations/authorize-connection.ts'
import { connectionArn, lockConnection } from '../../messaging/destinations/connection.ts'
import type { NamedThing } from '../../stores/metadata/destinations.ts'
import type { EventsAction } from './events-action.ts'
import { firstState, readAuth, readAuthorizationType } from './read-auth.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { onThing, requestedThing } from './requested-thing.ts'

/** Keeps how to call a web service, its secrets encrypted. @see Amazon EventBridge API reference, CreateConnection */
export const createConnection: EventsAction<CreateConnectionRequest, CreateConnectionResponse> = {
  operation: 'CreateConnection',
  permissions: onThing('events:CreateConnection', 'connection'),
  async run(input, call, { messaging }) {
    refuseUnoffered(input, ['InvocationConnectivityParameters', 'KmsKeyIdentifier'])
    const { metadata, now, newId } = messaging
    const key = requestedThing('connection', input.Name, call)
    const authorizationType = readAuthorizationType(input.AuthorizationType)
    const auth = readAuth(authorizationType, input.AuthParameters)
    const [id, at] = [newId(), now()]
    const state = firstState(authorizationType)
    const content = lockConnection(
      messaging,
      { id },
      { description: input.Description, authorizationType, state, auth },
    )
    const thing: NamedThing = { ...key, id, content, createdAt: at, changedAt: at }
    await metadata.write(async (tx) => {
      if ((await tx.destinations.find(key)) !== undefined) {
        throw new EventResourceExistsError(`Connection ${key.name} already exists.`)
      }
      await tx.destinations.put(thing)
      if (state === 'AUTHORIZING') await tx.jobs.add(authorizeJob(thing), at)
    })
    return {
      ConnectionArn: connectionArn(thing),
      ConnectionState: state,
      CreationTime: at,
      LastModifiedTime: at,
    }
  },
}
