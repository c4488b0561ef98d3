import type { Environment } from './env.ts'
import type { GivenValues } from './given-value.ts'
import { readNamedValues } from './named-values.ts'

/** Names the configuration file; not a setting itself. */
export const configFileVariable = 'BERTH_CONFIG'

/**
 * The `BERTH_*` variables. An empty one counts as absent, as compose files write them; `BERTH_TEST_*` belong to the tests.
 */
export function readVariables(env: Environment): GivenValues {
  const ours = Object.entries(env).filter(
    ([name, value]) => isSetting(name) && value !== undefined && value !== '',
  )
  return readNamedValues(Object.fromEntries(ours), {
    nameOf: (setting) => setting.variable,
    show: (name) => name,
  })
}

function isSetting(name: string): boolean {
  return name.startsWith('BERTH_') && !name.startsWith('BERTH_TEST_') && name !== configFileVariable
}
