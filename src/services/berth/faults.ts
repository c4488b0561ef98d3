/** What Berth's own operations call each error of the domain: the exception shapes of `models/berth.json`. */
export const berthFaults: Readonly<Record<string, string>> = {
  AccountAliasAlreadyExistsError: 'AccountAlreadyExistsException',
  AccountAlreadyExistsError: 'AccountAlreadyExistsException',
  AccountNotFoundError: 'AccountNotFoundException',
  DeliveryNotFoundError: 'DeliveryNotFoundException',
  ImageNotFoundError: 'ImageNotFoundException',
  ImageTagAlreadyExistsError: 'ImageTagAlreadyExistsException',
  LayersNotFoundError: 'LayersNotFoundException',
  LifecyclePolicyNotFoundError: 'LifecyclePolicyNotFoundException',
  LimitExceededError: 'LimitExceededException',
  MailFailedError: 'MailFailedException',
  ReferencedImagesNotFoundError: 'ReferencedImagesNotFoundException',
  RepositoryNotFoundError: 'RepositoryNotFoundException',
  SigningKeyAlreadyExistsError: 'SigningKeyAlreadyExistsException',
  SigningKeyNotFoundError: 'SigningKeyNotFoundException',
  RootKeyNotFoundError: 'AccountNotFoundException',
  StorageFullError: 'ServerException',
}
