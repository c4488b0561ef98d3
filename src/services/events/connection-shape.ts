import type {
  ConnectionAuthResponseParameters,
  DescribeConnectionResponse,
} from '@aws-sdk/client-eventbridge'
import {
  type Connection,
  type ConnectionParameter,
  connectionArn,
  type InvocationParameters,
  type OAuthParameters,
} from '../../messaging/destinations/connection.ts'

/** A connection as DescribeConnection shows it: without its secrets. */
export function connectionShape({
  thing,
  description,
  authorizationType,
  state,
  stateReason,
  auth,
}: Connection): DescribeConnectionResponse {
  return {
    ConnectionArn: connectionArn(thing),
    Name: thing.name,
    ...(description !== undefined && { Description: description }),
    ConnectionState: state,
    ...(stateReason !== undefined && { StateReason: stateReason }),
    AuthorizationType: authorizationType,
    SecretArn: `arn:aws:secretsmanager:${thing.region}:${thing.account}:secret:events!connection/${thing.name}/${thing.id}-${thing.id.slice(0, 6)}`,
    AuthParameters: withoutSecrets(auth),
    CreationTime: thing.createdAt,
    LastModifiedTime: thing.changedAt,
    ...(state === 'AUTHORIZED' && { LastAuthorizedTime: thing.changedAt }),
  }
}

function withoutSecrets(auth: Connection['auth']): ConnectionAuthResponseParameters {
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key, OAuthParameters: oauth } = auth
  const http = auth.InvocationHttpParameters
  return {
    ...(basic && { BasicAuthParameters: { Username: basic.Username } }),
    ...(key && { ApiKeyAuthParameters: { ApiKeyName: key.ApiKeyName } }),
    ...(oauth && { OAuthParameters: oauthShape(oauth) }),
    ...(http && { InvocationHttpParameters: parametersShape(http) }),
  }
}

function oauthShape({ ClientParameters, OAuthHttpParameters: added, ...rest }: OAuthParameters) {
  return {
    ...rest,
    ClientParameters: { ClientID: ClientParameters.ClientID },
    ...(added && { OAuthHttpParameters: parametersShape(added) }),
  }
}

function parametersShape(http: InvocationParameters) {
  return {
    ...(http.HeaderParameters && { HeaderParameters: http.HeaderParameters.map(withoutSecret) }),
    ...(http.QueryStringParameters && {
      QueryStringParameters: http.QueryStringParameters.map(withoutSecret),
    }),
    ...(http.BodyParameters && { BodyParameters: http.BodyParameters.map(withoutSecret) }),
  }
}

function withoutSecret({ Key, Value, IsValueSecret = false }: ConnectionParameter) {
  return {
    ...(Key !== undefined && { Key }),
    ...(!IsValueSecret && Value !== undefined && { Value }),
    IsValueSecret,
  }
}
