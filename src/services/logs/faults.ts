/** What CloudWatch Logs calls each error: from the class's name to the exception shape of the service model. */
export const logsFaults: Readonly<Record<string, string>> = {
  InvalidTagParameterError: 'InvalidParameterException',
  LogResourceExistsError: 'ResourceAlreadyExistsException',
  LogResourceNotFoundError: 'ResourceNotFoundException',
  LogsParameterError: 'InvalidParameterException',
  LogsValidationError: 'ValidationException',
  TooManyTagsError: 'TooManyTagsException',
}
