import type { UpdateConnectionRequest, UpdateConnectionResponse } from '@aws-sdk/client-eventbridge'
import { authorizeJob } from '../../messaging/destinations/authorize-connection.ts'
import {
  type Connection,
  connectionArn,
  findConnection,
  lockConnection,
} from '../../messaging/destinations/connection.ts'
import type { EventsAction } from './events-action.ts'
import { firstState, readAuth, readAuthorizationType } from './read-auth.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { connectionNotFound, onThing } from './requested-thing.ts'

/** What isn't given stays. @see Amazon EventBridge API reference, UpdateConnection */
export const updateConnection: EventsAction<UpdateConnectionRequest, UpdateConnectionResponse> = {
  operation: 'UpdateConnection',
  permissions: onThing('events:UpdateConnection', 'connection'),
  async run(input, call, { messaging }) {
    refuseUnoffered(input, ['InvocationConnectivityParameters', 'KmsKeyIdentifier'])
    const { metadata, now } = messaging
    return metadata.write(async (tx) => {
      const known = await findConnection(messaging, tx.destinations, call.registry, input.Name)
      if (known === undefined) throw connectionNotFound(input.Name)
      const { thing } = known
      const authorizationType = readAuthorizationType(input.AuthorizationType ?? known.authorizationType)
      const description = input.Description ?? known.description
      const { state, auth } = isToStayEmpty(input, known)
        ? known
        : {
            state: firstState(authorizationType),
            auth: readAuth(authorizationType, input.AuthParameters ?? {}, known.auth),
          }
      const content = lockConnection(messaging, thing, { description, authorizationType, state, auth })
      const changedAt = now()
      await tx.destinations.put({ ...thing, content, changedAt })
      if (state === 'AUTHORIZING') await tx.jobs.add(authorizeJob(thing), changedAt)
      return {
        ConnectionArn: connectionArn(thing),
        ConnectionState: state,
        CreationTime: thing.createdAt,
        LastModifiedTime: changedAt,
        ...(state === 'AUTHORIZED' && { LastAuthorizedTime: changedAt }),
      }
    })
  },
}

/** One that was deauthorized has no secrets to go by until it is told some. */
function isToStayEmpty(
  given: { readonly AuthParameters?: object | undefined },
  { auth }: Connection,
): boolean {
  return given.AuthParameters === undefined && Object.keys(auth).length === 0
}
