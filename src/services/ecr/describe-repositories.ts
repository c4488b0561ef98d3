import type { DescribeRepositoriesRequest, DescribeRepositoriesResponse } from '@aws-sdk/client-ecr'
import { anyRepositoryArn } from '../../core/names/arn.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { findRepository } from '../../registry/find-repository.ts'
import type { Checked } from '../checked.ts'
import { readPage } from '../page.ts'
import type { Call } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import type { EcrContext } from './ecr-context.ts'
import { refusePaging } from './explicit-list.ts'
import { repositoryPermission } from './permissions.ts'
import { defaultPageSize, repositoryPosition } from './positions.ts'
import { repositoryShape } from './repository-shape.ts'
import { requestedRegistry, requestedRepository } from './requested-repository.ts'

type Input = Checked<DescribeRepositoriesRequest>

/**
 * Describes the repositories named, or all of a registry by name. One name that doesn't exist fails the call.
 *
 * @see Amazon ECR API reference, DescribeRepositories
 */
export const describeRepositories: EcrAction<DescribeRepositoriesRequest, DescribeRepositoriesResponse> = {
  operation: 'DescribeRepositories',
  permissions(input, call) {
    const action = 'ecr:DescribeRepositories'
    if (input.repositoryNames !== undefined) {
      return namedRepositories(input, call).map((repository) => repositoryPermission(action, repository))
    }
    const registry = requestedRegistry(input, call)
    return [{ action, resource: anyRepositoryArn(registry), owner: registry.account, within: registry }]
  },
  async run(input, call, context) {
    const { rows, nextToken } = await (input.repositoryNames === undefined
      ? listed(input, call, context)
      : named(input, call, context))
    return { repositories: rows.map((row) => repositoryShape(row, context.registryAddresses)), nextToken }
  },
}

function listed(input: Input, call: Call, { registry }: EcrContext) {
  const after = repositoryPosition(call.pages)
  return readPage(call, {
    size: input.maxResults ?? defaultPageSize,
    read: (limit) => registry.metadata.repositories.list(requestedRegistry(input, call), { after, limit }),
    positionOf: (last) => last.name,
  })
}

async function named(input: Input, call: Call, { registry }: EcrContext) {
  refusePaging('repositoryNames', input)
  const rows: Repository[] = []
  for (const repository of namedRepositories(input, call))
    rows.push(await findRepository(registry, repository))
  return { rows, nextToken: undefined }
}

function namedRepositories(input: Input, call: Call) {
  const names = input.repositoryNames ?? []
  return names.map((repositoryName) => requestedRepository({ ...input, repositoryName }, call))
}
