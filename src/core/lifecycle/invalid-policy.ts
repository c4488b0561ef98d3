import { InvalidParameterError } from '../errors.ts'

/** What ECR says of a lifecycle policy that breaks a rule; `detail` says which. */
export function invalidPolicy(detail: string): InvalidParameterError {
  return new InvalidParameterError('LifecyclePolicyText', `Lifecycle policy validation failure: ${detail}`)
}
