/** What SQS calls each error: from the class's name to the exception shape of the service model. */
export const sqsFaults: Readonly<Record<string, string>> = {
  BatchEntryIdsError: 'BatchEntryIdsNotDistinct',
  BatchEntryIdError: 'InvalidBatchEntryId',
  EmptyQueueBatchError: 'EmptyBatchRequest',
  InvalidQueueAttributeError: 'InvalidAttributeValue',
  MessageNotInFlightError: 'MessageNotInflight',
  QueueBatchTooLongError: 'BatchRequestTooLong',
  QueueExistsError: 'QueueNameExists',
  QueueNotFoundError: 'QueueDoesNotExist',
  QueueResourceNotFoundError: 'ResourceNotFoundException',
  QueueUnsupportedError: 'UnsupportedOperation',
  ReceiptHandleInvalidError: 'ReceiptHandleIsInvalid',
  TooManyQueueEntriesError: 'TooManyEntriesInBatchRequest',
  UnknownQueueAttributeError: 'InvalidAttributeName',
}

/** Errors that SQS answers though its model has no shape for them. */
export const sqsPlainFaults: Readonly<Record<string, string>> = {
  InvalidParameterError: 'InvalidParameterValue',
  InvalidTagParameterError: 'InvalidParameterValue',
  QueueParameterError: 'InvalidParameterValue',
  TooManyTagsError: 'InvalidParameterValue',
}
