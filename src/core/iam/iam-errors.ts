import { DomainError } from '../errors.ts'
import type { EntityKind } from './entity.ts'

/** Something that IAM doesn't know; the message says what. */
export class NoSuchEntityError extends DomainError {
  override readonly name = 'NoSuchEntityError'
}

export class EntityAlreadyExistsError extends DomainError {
  override readonly name = 'EntityAlreadyExistsError'
}

/** Something still hangs on what was to be deleted. */
export class DeleteConflictError extends DomainError {
  override readonly name = 'DeleteConflictError'
}

/** One of IAM's quotas. */
export class IamLimitExceededError extends DomainError {
  override readonly name = 'IamLimitExceededError'
}

export class MalformedPolicyDocumentError extends DomainError {
  override readonly name = 'MalformedPolicyDocumentError'
}

/** A service's own role can't be changed by anyone else. */
export class UnmodifiableEntityError extends DomainError {
  override readonly name = 'UnmodifiableEntityError'
}

/** Session policies and tags take more room than a session has. */
export class PackedPolicyTooLargeError extends DomainError {
  override readonly name = 'PackedPolicyTooLargeError'
}

/** What STS says of tags that contradict each other. */
export class InvalidParameterValueError extends DomainError {
  override readonly name = 'InvalidParameterValueError'
}

export class InvalidInputError extends DomainError {
  override readonly name = 'InvalidInputError'
}

/** What every Query service says of a value that breaks a rule. */
export class ValidationError extends DomainError {
  override readonly name = 'ValidationError'
}

export function noSuch(kind: EntityKind, name: string): NoSuchEntityError {
  return new NoSuchEntityError(`The ${kind} with name ${name} cannot be found.`)
}

export function alreadyExists(kind: EntityKind, name: string): EntityAlreadyExistsError {
  const noun = { user: 'User', group: 'Group', role: 'Role' }[kind]
  return new EntityAlreadyExistsError(`${noun} with name ${name} already exists.`)
}

export function noSuchPolicy(arn: string): NoSuchEntityError {
  return new NoSuchEntityError(`Policy ${arn} was not found.`)
}
