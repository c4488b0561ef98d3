import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { getCallerIdentity } from './get-caller-identity.ts'

/** AWS Security Token Service: what a client asks to learn whether its credentials work. */
export function stsService(): Service {
  return { name: 'sts', actions: bindActions({}, [getCallerIdentity]), faults: {} }
}
