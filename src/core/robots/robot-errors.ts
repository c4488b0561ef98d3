import { DomainError } from '../errors.ts'

export class RobotAlreadyExistsError extends DomainError {
  override readonly name = 'RobotAlreadyExistsError'
  constructor(name: string) {
    super(`There is a robot named ${name}; revoke it first, or choose another name`)
  }
}

export class RobotNotFoundError extends DomainError {
  override readonly name = 'RobotNotFoundError'
  constructor(name: string) {
    super(`There is no robot named ${name}; \`berth robot list\` tells which there are`)
  }
}
