import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { createCluster } from './create-cluster.ts'
import { createService } from './create-service.ts'
import { deleteAccountSetting } from './delete-account-setting.ts'
import { deleteAttributes } from './delete-attributes.ts'
import { deleteCluster } from './delete-cluster.ts'
import { deleteService } from './delete-service.ts'
import { deleteTaskDefinitions } from './delete-task-definitions.ts'
import { deregisterTaskDefinition } from './deregister-task-definition.ts'
import { describeCapacityProviders } from './describe-capacity-providers.ts'
import { describeClusters } from './describe-clusters.ts'
import { describeContainerInstances } from './describe-container-instances.ts'
import { describeServiceDeployments } from './describe-service-deployments.ts'
import { describeServiceRevisions } from './describe-service-revisions.ts'
import { describeServices } from './describe-services.ts'
import { describeTaskDefinition } from './describe-task-definition.ts'
import { describeTasks } from './describe-tasks.ts'
import type { EcsExecContext } from './ecs-action.ts'
import { executeCommand } from './execute-command.ts'
import { ecsFaults } from './faults.ts'
import { getTaskProtection } from './get-task-protection.ts'
import { listAccountSettings } from './list-account-settings.ts'
import { listAttributes } from './list-attributes.ts'
import { listClusters } from './list-clusters.ts'
import { listContainerInstances } from './list-container-instances.ts'
import { listServiceDeployments } from './list-service-deployments.ts'
import { listServices } from './list-services.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { listTaskDefinitionFamilies } from './list-task-definition-families.ts'
import { listTaskDefinitions } from './list-task-definitions.ts'
import { listTasks } from './list-tasks.ts'
import { putAccountSetting } from './put-account-setting.ts'
import { putAccountSettingDefault } from './put-account-setting-default.ts'
import { putAttributes } from './put-attributes.ts'
import { putClusterCapacityProviders } from './put-cluster-capacity-providers.ts'
import { registerTaskDefinition } from './register-task-definition.ts'
import { runTask } from './run-task.ts'
import { startTask } from './start-task.ts'
import { stopServiceDeployment } from './stop-service-deployment.ts'
import { stopTask } from './stop-task.ts'
import { tagResource } from './tag-resource.ts'
import { untagResource } from './untag-resource.ts'
import { updateCluster } from './update-cluster.ts'
import { updateClusterSettings } from './update-cluster-settings.ts'
import { updateContainerInstancesState } from './update-container-instances-state.ts'
import { updateService } from './update-service.ts'
import { updateTaskProtection } from './update-task-protection.ts'

const actions = [
  createCluster,
  createService,
  deleteAccountSetting,
  deleteAttributes,
  deleteCluster,
  deleteService,
  deleteTaskDefinitions,
  deregisterTaskDefinition,
  describeCapacityProviders,
  describeClusters,
  describeContainerInstances,
  describeServiceDeployments,
  describeServiceRevisions,
  describeServices,
  describeTaskDefinition,
  describeTasks,
  executeCommand,
  getTaskProtection,
  listAccountSettings,
  listAttributes,
  listClusters,
  listContainerInstances,
  listServiceDeployments,
  listServices,
  listTagsForResource,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  listTasks,
  putAccountSetting,
  putAccountSettingDefault,
  putAttributes,
  putClusterCapacityProviders,
  registerTaskDefinition,
  runTask,
  startTask,
  stopServiceDeployment,
  stopTask,
  tagResource,
  untagResource,
  updateCluster,
  updateClusterSettings,
  updateContainerInstancesState,
  updateService,
  updateTaskProtection,
]

/** Amazon ECS's API. */
export function ecsService(context: EcsExecContext): Service {
  return { name: 'ecs', actions: bindActions(context, actions), faults: ecsFaults }
}
