import type {
  BatchGetRepositoryScanningConfigurationRequest,
  BatchGetRepositoryScanningConfigurationResponse,
  RepositoryScanningConfiguration,
} from '@aws-sdk/client-ecr'
import { repositoryArn } from '../../core/names/arn.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { RepositoryNotFoundError } from '../../core/repositories/errors.ts'
import { scanningOf } from '../../core/scanning/scanning-configuration.ts'
import { findRepository } from '../../registry/find-repository.ts'
import type { Registry } from '../../registry/registry.ts'
import { findScanningConfiguration } from '../../registry/scans/find-scanning.ts'
import type { Call } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import { repositoryPermission } from './permissions.ts'
import { filterShape } from './scanning-configuration-members.ts'

/**
 * Tells how each repository's images are scanned, and the filters that say so. One that isn't there is a row of `failures`.
 *
 * @see Amazon ECR API reference, BatchGetRepositoryScanningConfiguration
 */
export const batchGetRepositoryScanningConfiguration: EcrAction<
  BatchGetRepositoryScanningConfigurationRequest,
  BatchGetRepositoryScanningConfigurationResponse
> = {
  operation: 'BatchGetRepositoryScanningConfiguration',
  permissions: ({ repositoryNames }, call) =>
    keysOf(repositoryNames, call).map((key) =>
      repositoryPermission('ecr:BatchGetRepositoryScanningConfiguration', key),
    ),
  async run({ repositoryNames }, call, { registry }) {
    const configuration = await findScanningConfiguration(registry.metadata, call.registry)
    const keys = keysOf(repositoryNames, call)
    const found = await Promise.all(keys.map((key) => findIfThere(registry, key)))
    return {
      scanningConfigurations: found.flatMap((repository): RepositoryScanningConfiguration[] => {
        if (repository === undefined) return []
        const { frequency, filters } = scanningOf(configuration, repository)
        return [
          {
            repositoryArn: repositoryArn(repository),
            repositoryName: repository.name,
            scanOnPush: frequency !== 'MANUAL',
            scanFrequency: frequency,
            appliedScanFilters: filters.map(filterShape),
          },
        ]
      }),
      failures: keys.flatMap(({ name }, at) => (found[at] === undefined ? [failure(name)] : [])),
    }
  },
}

function keysOf(names: readonly string[], { registry }: Call): RepositoryKey[] {
  return names.map((name) => ({ ...registry, name: parseRepositoryName(name) }))
}

async function findIfThere(registry: Registry, key: RepositoryKey) {
  try {
    return await findRepository(registry, key)
  } catch (error) {
    if (error instanceof RepositoryNotFoundError) return undefined
    throw error
  }
}

function failure(repositoryName: string) {
  const failureCode = 'REPOSITORY_NOT_FOUND' as const
  return { repositoryName, failureCode, failureReason: failureCode }
}
