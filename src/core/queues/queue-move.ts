/** How far messages of a dead-letter queue are on their way to other queues. */
export interface QueueMove {
  /** A UUID. */
  readonly id: string
  /** Of the queue that they are taken from. */
  readonly queueId: number
  /** Its ARN. */
  readonly source: string
  /** The ARN of the queue they go to; each to the queue it came from unless told. */
  readonly destination?: string | undefined
  /** As many as it wants unless told. */
  readonly perSecond?: number | undefined
  readonly state: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED'
  readonly failure?: string | undefined
  readonly moved: number
  /** Messages that were there when it began. */
  readonly toMove: number
  readonly startedAt: Date
}

/** Whether there is more of it to come. */
export function isUnderWay({ state }: Pick<QueueMove, 'state'>): boolean {
  return state === 'RUNNING' || state === 'CANCELLING'
}
