/** What ECS calls each error: from the class's name to the exception shape of the service model. */
export const ecsFaults: Readonly<Record<string, string>> = {
  ClusterNotFoundError: 'ClusterNotFoundException',
  ClusterContainsServicesError: 'ClusterContainsServicesException',
  ClusterContainsTasksError: 'ClusterContainsTasksException',
  EcsClientError: 'ClientException',
  EcsInvalidParameterError: 'InvalidParameterException',
  InvalidParameterError: 'InvalidParameterException',
  EcsServiceNotActiveError: 'ServiceNotActiveException',
  EcsServiceNotFoundError: 'ServiceNotFoundException',
  EcsTaskConflictError: 'ConflictException',
  EcsConflictError: 'ConflictException',
  EcsTargetNotConnectedError: 'TargetNotConnectedException',
  EcsTargetNotFoundError: 'TargetNotFoundException',
  EcsAttributeLimitError: 'AttributeLimitExceededException',
  EcsServiceDeploymentNotFoundError: 'ServiceDeploymentNotFoundException',
  InvalidTagParameterError: 'InvalidParameterException',
}
