import type { AccountId } from '../names/account-id.ts'

/** A policy that stands for itself and can be attached to many. */
export interface ManagedPolicy {
  readonly arn: string
  readonly id: string
  readonly account: AccountId
  readonly name: string
  readonly path: string
  readonly description: string | undefined
  readonly defaultVersion: number
  /** The highest number that was ever given: none is given twice. */
  readonly lastVersion: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface PolicyVersion {
  readonly version: number
  readonly document: string
  readonly createdAt: Date
}

/** `arn:aws:iam::<account>:policy/path/name` */
export function policyArn({ account, path, name }: Pick<ManagedPolicy, 'account' | 'path' | 'name'>): string {
  return `arn:aws:iam::${account}:policy${path}${name}`
}
