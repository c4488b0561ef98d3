import { DomainError } from '../errors.ts'

/** What ECS answers to most of what can't be done; the message is the whole text. */
export class EcsClientError extends DomainError {
  override readonly name = 'EcsClientError'
}

/** A parameter that ECS refuses; the message is the whole text. */
export class EcsInvalidParameterError extends DomainError {
  override readonly name = 'EcsInvalidParameterError'
}

export class ClusterNotFoundError extends DomainError {
  override readonly name = 'ClusterNotFoundError'
  constructor() {
    super('Cluster not found.')
  }
}

export class ClusterContainsTasksError extends DomainError {
  override readonly name = 'ClusterContainsTasksError'
  constructor() {
    super('The Cluster cannot be deleted while Tasks are active.')
  }
}

export class ClusterContainsServicesError extends DomainError {
  override readonly name = 'ClusterContainsServicesError'
  constructor() {
    super('The Cluster cannot be deleted while Services are active.')
  }
}

export class EcsServiceNotActiveError extends DomainError {
  override readonly name = 'EcsServiceNotActiveError'
  constructor() {
    super('Service was not ACTIVE.')
  }
}

export class EcsServiceNotFoundError extends DomainError {
  override readonly name = 'EcsServiceNotFoundError'
  constructor() {
    super('Service not found.')
  }
}

/** A client token that came with another request. */
export class EcsTaskConflictError extends DomainError {
  override readonly name = 'EcsTaskConflictError'
  constructor() {
    super('The clientToken was used with other parameters before.')
  }
}

/** An attribute of something that isn't there. */
export class EcsTargetNotFoundError extends DomainError {
  override readonly name = 'EcsTargetNotFoundError'
  constructor() {
    super(
      "The specified target wasn't found. You can view your available container instances with ListContainerInstances.",
    )
  }
}

export class EcsAttributeLimitError extends DomainError {
  override readonly name = 'EcsAttributeLimitError'
  constructor() {
    super('You can apply up to 10 custom attributes for each resource.')
  }
}

export class EcsServiceDeploymentNotFoundError extends DomainError {
  override readonly name = 'EcsServiceDeploymentNotFoundError'
  constructor() {
    super("The service deploy ARN that you specified in the StopServiceDeployment doesn't exist.")
  }
}

export class EcsTargetNotConnectedError extends DomainError {
  override readonly name = 'EcsTargetNotConnectedError'
  constructor() {
    super('The execute command failed because the container is not running.')
  }
}

/** What can't be done in the state that something is in; the message is the whole text. */
export class EcsConflictError extends DomainError {
  override readonly name = 'EcsConflictError'
}
