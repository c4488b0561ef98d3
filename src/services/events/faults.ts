/** What EventBridge calls each error: from the class's name to the exception shape of the service model. */
export const eventsFaults: Readonly<Record<string, string>> = {
  EventLimitExceededError: 'LimitExceededException',
  EventPolicyTooLongError: 'PolicyLengthExceededException',
  EventResourceExistsError: 'ResourceAlreadyExistsException',
  EventResourceNotFoundError: 'ResourceNotFoundException',
  IllegalReplayStateError: 'IllegalStatusException',
  InvalidEventPatternError: 'InvalidEventPatternException',
  TooManyTagsError: 'LimitExceededException',
}

/** Errors that EventBridge answers though its model has no shape for them. */
export const eventsPlainFaults: Readonly<Record<string, string>> = {
  EventsValidationError: 'ValidationException',
  InvalidParameterError: 'ValidationException',
  InvalidTagParameterError: 'ValidationException',
}
