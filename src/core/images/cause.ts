/** Why a tag moved or an image went or came: the operation that did it. */
export type ChangeReason =
  | 'push'
  | 'put-image'
  | 'delete'
  | 'batch-delete-image'
  | 'subject-deleted'
  | 'lifecycle'
  | 'restore'
  | 'replication'
  | 'sign'
  | 'pull-through-cache'

/** Who changed something, and by what. The history tells it for as long as the change can be undone. */
export interface Cause {
  /** The principal's ARN. */
  readonly actor: string
  readonly reason: ChangeReason
}
