import type { Authoriser } from '../../access/authoriser.ts'
import type { Iam } from '../../access/iam/iam.ts'

/** What the actions of STS work with. */
export interface StsContext {
  readonly iam: Iam
  readonly authoriser: Authoriser
}
