import { bindActions, bindUnsigned } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { assumeRole } from './assume-role.ts'
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts'
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
    unsigned: new Map([
      [assumeRoleWithWebIdentity.operation, bindUnsigned(context, assumeRoleWithWebIdentity)],
    ]),
    faults: {
      ExpiredIdentityTokenError: 'ExpiredTokenException',
      IdpCommunicationError: 'IDPCommunicationErrorException',
      IdpRejectedClaimError: 'IDPRejectedClaimException',
      InvalidIdentityTokenError: 'InvalidIdentityTokenException',
      MalformedPolicyDocumentError: 'MalformedPolicyDocumentException',
      PackedPolicyTooLargeError: 'PackedPolicyTooLargeException',
    },
    plainFaults: { InvalidParameterValueError: 'InvalidParameterValue', ValidationError: 'ValidationError' },
  }
}
