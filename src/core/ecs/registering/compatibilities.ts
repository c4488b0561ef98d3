import type { Compatibility, TaskDefinitionContent } from '../task-definition.ts'
import { fargateFault } from './fargate.ts'

/** Where a registered task definition could run. */
export function compatibilitiesOf(task: TaskDefinitionContent): readonly Compatibility[] {
  return fargateFault(task) === undefined ? ['EC2', 'FARGATE'] : ['EC2']
}
