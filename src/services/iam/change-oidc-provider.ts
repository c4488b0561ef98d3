import type { Iam } from '../../access/iam/iam.ts'
import { type OidcProviderKey, parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'

/** An operation that changes the issuer of tokens whose ARN its request gives, and answers nothing. */
export function changeOidcProvider<Input = object>(
  operation: string,
  change: (iam: Iam, key: OidcProviderKey, input: OidcProviderRequest & Input) => Promise<void>,
): IamAction<OidcProviderRequest & Input> {
  return {
    operation,
    permissions: onOidcProvider(operation),
    async run(input, { caller: { account } }, iam) {
      await change(iam, parseOidcProviderArn(account, input.OpenIDConnectProviderArn), input)
      return {}
    },
  }
}
