import { DomainError } from '../../core/errors.ts'

const mostEntries = 10

export class EmptyQueueBatchError extends DomainError {
  override readonly name = 'EmptyQueueBatchError'
  constructor() {
    super('There should be at least one entry in the request.')
  }
}

export class TooManyQueueEntriesError extends DomainError {
  override readonly name = 'TooManyQueueEntriesError'
  constructor(sent: number) {
    super(`Maximum number of entries per request are ${mostEntries}. You have sent ${sent}.`)
  }
}

export class BatchEntryIdsError extends DomainError {
  override readonly name = 'BatchEntryIdsError'
  constructor(id: string) {
    super(`Id ${id} repeated.`)
  }
}

export class BatchEntryIdError extends DomainError {
  override readonly name = 'BatchEntryIdError'
  constructor() {
    super(
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    )
  }
}

export class QueueBatchTooLongError extends DomainError {
  override readonly name = 'QueueBatchTooLongError'
  constructor(most: number, sent: number) {
    super(`Batch requests cannot be longer than ${most} bytes. You have sent ${sent} bytes.`)
  }
}

interface Entry {
  readonly Id: string
}

/** @throws EmptyQueueBatchError, TooManyQueueEntriesError, BatchEntryIdError, BatchEntryIdsError */
export function checkEntries(entries: readonly Entry[]): void {
  if (entries.length === 0) throw new EmptyQueueBatchError()
  if (entries.length > mostEntries) throw new TooManyQueueEntriesError(entries.length)
  const seen = new Set<string>()
  for (const { Id: id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) throw new BatchEntryIdError()
    if (seen.has(id)) throw new BatchEntryIdsError(id)
    seen.add(id)
  }
}

/** What became of one entry of a batch. */
export type Answered<Given extends Entry, Answer> =
  | { readonly entry: Given; readonly answer: Answer }
  | { readonly entry: Given; readonly refusal: DomainError }

/** Does something for each entry; what is refused of one leaves the others. */
export async function eachEntry<Given extends Entry, Answer>(
  entries: readonly Given[],
  work: (entry: Given) => Answer | Promise<Answer>,
): Promise<readonly Answered<Given, Answer>[]> {
  checkEntries(entries)
  const answered: Answered<Given, Answer>[] = []
  for (const entry of entries) {
    try {
      answered.push({ entry, answer: await work(entry) })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      answered.push({ entry, refusal: error })
    }
  }
  return answered
}

/** The entries that were refused, as SQS answers them. */
export function failures(
  answered: readonly Answered<Entry, unknown>[],
  codes: Readonly<Record<string, string>>,
) {
  return answered.flatMap((one) =>
    'refusal' in one
      ? [
          {
            Id: one.entry.Id,
            SenderFault: true,
            Code: codes[one.refusal.name] ?? 'InvalidParameterValue',
            Message: one.refusal.message,
          },
        ]
      : [],
  )
}
