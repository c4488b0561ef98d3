import type { AccountId } from '../core/names/account-id.ts'
import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'

/** One thing a call wants to do. A call with several needs all of them. */
export interface Permission {
  /** IAM's name, such as `ecr:PutImage`. */
  readonly action: string
  /** The ARN it is done to, or `*` where IAM has no resource for the action. */
  readonly resource: string
  /** The account that owns the resource. */
  readonly owner: AccountId
  /** The registry or the repository whose policies have a say, whether or not it exists; nobody's without it. */
  readonly within?: RegistryKey | RepositoryKey
  /** IAM condition keys and their values, such as `aws:RequestTag/team`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>
}
