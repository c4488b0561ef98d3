import type {
  ConnectionAuthResponseParameters,
  DescribeConnectionResponse,
} from '@aws-sdk/client-eventbridge'
import {
  type Connection,
  type ConnectionParameter,
  connectionArn,
} from '../../messaging/destinations/connection.ts'

/** A connection as DescribeConnection shows it: without its secrets. */
export function connectionShape({
  thing,
  description,
  authorizationType,
  auth,
}: Connection): DescribeConnectionResponse {
  return {
    ConnectionArn: connectionArn(thing),
    Name: thing.name,
    ...(description !== undefined && { Description: description }),
    ConnectionState: 'AUTHORIZED',
    AuthorizationType: authorizationType,
    SecretArn: `arn:aws:secretsmanager:${thing.region}:${thing.account}:secret:events!connection/${thing.name}/${thing.id}-${thing.id.slice(0, 6)}`,
    AuthParameters: withoutSecrets(auth),
    CreationTime: thing.createdAt,
    LastModifiedTime: thing.changedAt,
    LastAuthorizedTime: thing.changedAt,
  }
}

function withoutSecrets(auth: Connection['auth']): ConnectionAuthResponseParameters {
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key, InvocationHttpParameters: http } = auth
  return {
    ...(basic && { BasicAuthParameters: { Username: basic.Username } }),
    ...(key && { ApiKeyAuthParameters: { ApiKeyName: key.ApiKeyName } }),
    ...(http && {
      InvocationHttpParameters: {
        ...(http.HeaderParameters && { HeaderParameters: http.HeaderParameters.map(withoutSecret) }),
        ...(http.QueryStringParameters && {
          QueryStringParameters: http.QueryStringParameters.map(withoutSecret),
        }),
        ...(http.BodyParameters && { BodyParameters: http.BodyParameters.map(withoutSecret) }),
      },
    }),
  }
}

function withoutSecret({ Key, Value, IsValueSecret = false }: ConnectionParameter) {
  return {
    ...(Key !== undefined && { Key }),
    ...(!IsValueSecret && Value !== undefined && { Value }),
    IsValueSecret,
  }
}
