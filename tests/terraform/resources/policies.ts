import {
  DeleteLifecyclePolicyCommand,
  DeleteRegistryPolicyCommand,
  DeleteRepositoryPolicyCommand,
  type ECRClient,
  GetLifecyclePolicyCommand,
  GetRegistryPolicyCommand,
  GetRepositoryPolicyCommand,
  LifecyclePolicyNotFoundException,
  PutLifecyclePolicyCommand,
  PutRegistryPolicyCommand,
  RegistryPolicyNotFoundException,
  RepositoryNotFoundException,
  RepositoryPolicyNotFoundException,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { normalJson, type Resource, unlessGone } from '../resource.ts'

/** A document, which the provider compares by what it says, not by its bytes. */
interface PolicyAttributes {
  readonly policy: unknown
}

/** `aws_ecr_repository_policy` */
export function repositoryPolicyResource(ecr: ECRClient, repositoryName: string): Resource<PolicyAttributes> {
  const gone = [RepositoryNotFoundException, RepositoryPolicyNotFoundException] as const
  const get = () => unlessGone(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })), ...gone)
  const set = async ({ policy }: PolicyAttributes) => {
    await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: normalJson(policy) }))
  }
  return {
    create: set,
    read: async () => read((await get())?.policyText),
    update: (_before, wanted) => set(wanted),
    async destroy() {
      const { registryId } = (await get()) ?? {}
      await unlessGone(ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName, registryId })), ...gone)
    },
  }
}

/** `aws_ecr_lifecycle_policy`, which is replaced, never updated. */
export function lifecyclePolicyResource(ecr: ECRClient, repositoryName: string): Resource<PolicyAttributes> {
  const gone = [RepositoryNotFoundException, LifecyclePolicyNotFoundException] as const
  const create = async ({ policy }: PolicyAttributes) => {
    const put = { repositoryName, lifecyclePolicyText: normalJson(policy) }
    await ecr.send(new PutLifecyclePolicyCommand(put))
  }
  const destroy = async () => {
    await unlessGone(ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName })), ...gone)
  }
  return {
    create,
    async read() {
      const answer = await unlessGone(ecr.send(new GetLifecyclePolicyCommand({ repositoryName })), ...gone)
      return read(answer?.lifecyclePolicyText)
    },
    async update(_before, wanted) {
      await destroy()
      await create(wanted)
    },
    destroy,
  }
}

/** `aws_ecr_registry_policy` */
export function registryPolicyResource(ecr: ECRClient): Resource<PolicyAttributes> {
  const put = async ({ policy }: PolicyAttributes) => {
    await ecr.send(new PutRegistryPolicyCommand({ policyText: normalJson(policy) }))
  }
  return {
    create: put,
    async read() {
      const answer = await unlessGone(
        ecr.send(new GetRegistryPolicyCommand({})),
        RegistryPolicyNotFoundException,
      )
      return read(answer?.policyText)
    },
    update: (_before, wanted) => put(wanted),
    async destroy() {
      await unlessGone(ecr.send(new DeleteRegistryPolicyCommand({})), RegistryPolicyNotFoundException)
    },
  }
}

function read(text: string | undefined): PolicyAttributes | undefined {
  return text === undefined ? undefined : { policy: JSON.parse(text) }
}
