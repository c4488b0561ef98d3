import {
  DeleteSigningConfigurationCommand,
  type ECRClient,
  GetSigningConfigurationCommand,
  PutSigningConfigurationCommand,
  SigningConfigurationNotFoundException,
  type SigningRule,
} from '@aws-sdk/client-ecr'
import { type Resource, unlessGone } from '../resource.ts'

interface SigningAttributes {
  readonly registryId: string
  readonly rules: readonly SigningRule[]
}

/** `aws_ecr_signing_configuration` */
export function signingResource(ecr: ECRClient): Resource<SigningAttributes> {
  const put = async ({ rules }: SigningAttributes) => {
    await ecr.send(new PutSigningConfigurationCommand({ signingConfiguration: { rules: [...rules] } }))
  }
  return {
    create: put,
    async read() {
      const got = ecr.send(new GetSigningConfigurationCommand({}))
      const answer = await unlessGone(got, SigningConfigurationNotFoundException)
      if (answer === undefined) return undefined
      return { registryId: answer.registryId ?? '', rules: answer.signingConfiguration?.rules ?? [] }
    },
    update: (_before, wanted) => put(wanted),
    async destroy() {
      const deletion = ecr.send(new DeleteSigningConfigurationCommand({}))
      await unlessGone(deletion, SigningConfigurationNotFoundException)
    },
  }
}
