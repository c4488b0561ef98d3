import { isSameRegistry, type RegistryKey, type RepositoryKey } from '../names/registry-key.ts'
import type { RobotScope } from './robot.ts'
import { coversAction } from './robot-actions.ts'

/** Whether a robot of this scope may do something to a repository at all. What is done to no single repository it may not. */
export function isInScope(
  { registry, actions, repositories }: RobotScope,
  asked: { readonly action: string; readonly within?: RegistryKey | RepositoryKey },
): boolean {
  const { action, within } = asked
  if (within === undefined || !('name' in within) || !isSameRegistry(registry, within)) return false
  return coversAction(actions, action) && repositories.some((pattern) => isMeant(pattern, within.name))
}

function isMeant(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
