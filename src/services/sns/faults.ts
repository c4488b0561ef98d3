/** What SNS calls each error: from the class's name to the exception shape of the service model. */
export const snsFaults: Readonly<Record<string, string>> = {
  AccessDeniedError: 'AuthorizationErrorException',
  BatchIdsNotDistinctError: 'BatchEntryIdsNotDistinctException',
  BatchTooLongError: 'BatchRequestTooLongException',
  EmptyBatchError: 'EmptyBatchRequestException',
  InvalidBatchIdError: 'InvalidBatchEntryIdException',
  InvalidMessageAttributeError: 'InvalidParameterValueException',
  InvalidParameterError: 'InvalidParameterException',
  InvalidTagParameterError: 'InvalidParameterException',
  InvalidTopicParameterError: 'InvalidParameterException',
  SubscriptionConfirmedError: 'AuthorizationErrorException',
  SubscriptionNotFoundError: 'NotFoundException',
  TaggedResourceNotFoundError: 'ResourceNotFoundException',
  TooManyBatchEntriesError: 'TooManyEntriesInBatchRequestException',
  TooManyTagsError: 'TagLimitExceededException',
  TopicNotFoundError: 'NotFoundException',
  UnsubscribeNotAllowedError: 'AuthorizationErrorException',
}
