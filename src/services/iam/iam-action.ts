import type { Iam } from '../../access/iam/iam.ts'
import type { Action } from '../service.ts'

/** One operation of IAM. */
export type IamAction<Input, Output = object> = Action<Iam, Input, Output>

/** The members that name an entity, one of them in each request. */
export interface EntityRequest {
  readonly UserName?: string
  readonly GroupName?: string
  readonly RoleName?: string
}

/** The member that names an issuer of tokens. */
export interface OidcProviderRequest {
  readonly OpenIDConnectProviderArn: string
}

/** The member that names a managed policy. */
export interface PolicyRequest {
  readonly PolicyArn: string
}
