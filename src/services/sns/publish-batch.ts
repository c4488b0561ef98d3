import type {
  BatchResultErrorEntry,
  PublishBatchInput,
  PublishBatchRequestEntry,
  PublishBatchResponse,
} from '@aws-sdk/client-sns'
import { DomainError } from '../../core/errors.ts'
import { InvalidMessageAttributeError } from '../../core/topics/errors.ts'
import { type Publication, publishMessage } from '../../messaging/topics/publish-message.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import type { Checked } from '../checked.ts'
import {
  BatchIdsNotDistinctError,
  BatchTooLongError,
  EmptyBatchError,
  InvalidBatchIdError,
  TooManyBatchEntriesError,
} from './batch-errors.ts'
import { findTopic } from './find-topic.ts'
import { onTopic } from './permissions.ts'
import { readPublication } from './read-publication.ts'
import type { SnsAction } from './sns-action.ts'

const mostEntries = 10
const mostBytes = 256 * 1024
const longestId = 80

type Entry = Checked<PublishBatchRequestEntry>
type Read = { readonly entry: Entry; readonly message: Omit<Publication, 'id' | 'topic'> | DomainError }

/** Publishes up to ten messages, each on its own. @see Amazon SNS API reference, PublishBatch */
export const publishBatch: SnsAction<PublishBatchInput, PublishBatchResponse> = {
  operation: 'PublishBatch',
  permissions: (input) => onTopic('sns:Publish', input.TopicArn),
  async run(input, _call, { messaging: { metadata, now, newId } }) {
    const topic = parseTopicArn(input.TopicArn)
    checkEntries(input.PublishBatchRequestEntries)
    const read = input.PublishBatchRequestEntries.map(readEntry)
    const taken = read.flatMap(({ entry, message }) =>
      message instanceof DomainError ? [] : [{ entry, publication: { ...message, id: newId(), topic } }],
    )
    await metadata.write(async (tx) => {
      await findTopic(tx.topics, topic)
      for (const { publication } of taken) await publishMessage(tx, publication, now())
    })
    return {
      Successful: taken.map(({ entry, publication }) => ({ Id: entry.Id, MessageId: publication.id })),
      Failed: read.flatMap(({ entry, message }) =>
        message instanceof DomainError ? [failure(entry, message)] : [],
      ),
    }
  },
}

function checkEntries(entries: readonly Entry[]): void {
  if (entries.length === 0) throw new EmptyBatchError()
  if (entries.length > mostEntries) throw new TooManyBatchEntriesError()
  for (const { Id: id } of entries) {
    if (id.length > longestId) throw new InvalidBatchIdError(id, 'is too long')
    if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new InvalidBatchIdError(id, 'contains an impermissible character')
  }
  if (new Set(entries.map(({ Id: id }) => id)).size < entries.length) throw new BatchIdsNotDistinctError()
  const bytes = entries.reduce((sum, { Message: message }) => sum + Buffer.byteLength(message), 0)
  if (bytes > mostBytes) throw new BatchTooLongError()
}

function readEntry(entry: Entry): Read {
  try {
    return { entry, message: readPublication(entry) }
  } catch (error) {
    if (error instanceof DomainError) return { entry, message: error }
    throw error
  }
}

function failure({ Id: id }: Entry, error: DomainError): BatchResultErrorEntry {
  const code = error instanceof InvalidMessageAttributeError ? 'ParameterValueInvalid' : 'InvalidParameter'
  return { Id: id, Code: code, Message: error.message, SenderFault: true }
}
