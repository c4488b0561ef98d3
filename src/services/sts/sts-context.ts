import type { AccessKeys } from '../../access/access-keys.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { WebIdentities } from '../../access/web-identity/web-identities.ts'

/** What the actions of STS work with. */
export interface StsContext {
  readonly iam: Iam
  /** Every key that requests are signed with, those that are in no database among them. */
  readonly accessKeys: AccessKeys
  /** Whom tokens of issuers speak of. */
  readonly webIdentities: Pick<WebIdentities, 'verify'>
}
