import {
  DescribeRegistryCommand,
  type ECRClient,
  GetAccountSettingCommand,
  PutAccountSettingCommand,
  PutReplicationConfigurationCommand,
  type ReplicationRule,
} from '@aws-sdk/client-ecr'
import type { Resource } from '../resource.ts'

interface ReplicationAttributes {
  /** Lists, not sets: they come back in their order. */
  readonly rules: readonly ReplicationRule[]
}

/** `aws_ecr_replication_configuration`: to destroy it is to put no rules. */
export function replicationResource(ecr: ECRClient): Resource<ReplicationAttributes> {
  const put = async ({ rules }: ReplicationAttributes) => {
    const replicationConfiguration = { rules: [...rules] }
    await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration }))
  }
  return {
    create: put,
    async read() {
      const { replicationConfiguration } = await ecr.send(new DescribeRegistryCommand({}))
      return replicationConfiguration && { rules: replicationConfiguration.rules ?? [] }
    },
    update: (_before, wanted) => put(wanted),
    destroy: () => put({ rules: [] }),
  }
}

interface SettingAttributes {
  readonly name: string
  readonly value: string
}

/** `aws_ecr_account_setting`, which stays as it is when it is destroyed. */
export function accountSettingResource(ecr: ECRClient, name: string): Resource<SettingAttributes> {
  const put = async ({ value }: SettingAttributes) => {
    await ecr.send(new PutAccountSettingCommand({ name, value }))
  }
  return {
    create: put,
    async read() {
      const answer = await ecr.send(new GetAccountSettingCommand({ name }))
      return { name: answer.name ?? '', value: answer.value ?? '' }
    },
    update: (_before, wanted) => put(wanted),
    destroy: async () => {},
  }
}
