import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { assumeRole } from './assume-role.ts'
import { getAccessKeyInfo } from './get-access-key-info.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getFederationToken } from './get-federation-token.ts'
import { getSessionToken } from './get-session-token.ts'
import type { StsContext } from './sts-context.ts'

/** AWS Security Token Service: who somebody is, and credentials that end. */
export function stsService(context: StsContext): Service {
  return {
    name: 'sts',
    actions: bindActions(context, [
      assumeRole,
      getAccessKeyInfo,
      getCallerIdentity,
      getFederationToken,
      getSessionToken,
    ]),
    faults: {
      MalformedPolicyDocumentError: 'MalformedPolicyDocumentException',
      PackedPolicyTooLargeError: 'PackedPolicyTooLargeException',
    },
    plainFaults: { InvalidParameterValueError: 'InvalidParameterValue', ValidationError: 'ValidationError' },
  }
}
