import {
  DeregisterPullTimeUpdateExclusionCommand,
  type ECRClient,
  ExclusionNotFoundException,
  ListPullTimeUpdateExclusionsCommand,
  RegisterPullTimeUpdateExclusionCommand,
} from '@aws-sdk/client-ecr'
import { type Resource, unlessGone } from '../resource.ts'

interface ExclusionAttributes {
  readonly principalArn: string
}

/** `aws_ecr_pull_time_update_exclusion`, which is replaced, never updated. */
export function exclusionResource(ecr: ECRClient): Resource<ExclusionAttributes> {
  let registered = ''
  const create = async ({ principalArn }: ExclusionAttributes) => {
    await ecr.send(new RegisterPullTimeUpdateExclusionCommand({ principalArn }))
    registered = principalArn
  }
  const destroy = async () => {
    const deletion = ecr.send(new DeregisterPullTimeUpdateExclusionCommand({ principalArn: registered }))
    await unlessGone(deletion, ExclusionNotFoundException)
  }
  return {
    create,
    async read() {
      const { pullTimeUpdateExclusions = [] } = await ecr.send(new ListPullTimeUpdateExclusionsCommand({}))
      return pullTimeUpdateExclusions.includes(registered) ? { principalArn: registered } : undefined
    },
    async update(_before, wanted) {
      await destroy()
      await create(wanted)
    },
    destroy,
  }
}
