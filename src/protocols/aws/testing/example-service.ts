import type {
  CreateRepositoryRequest,
  DescribeRepositoriesRequest,
  UploadLayerPartRequest,
} from '@aws-sdk/client-ecr'
import type { Permission } from '../../../access/permission.ts'
import { DomainError, StorageFullError } from '../../../core/errors.ts'
import { ImageTagDoesNotMatchDigestError } from '../../../core/images/errors.ts'
import { parseAccountId } from '../../../core/names/account-id.ts'
import { parseRepositoryName } from '../../../core/names/repository-name.ts'
import { RepositoryNotFoundError } from '../../../core/repositories/errors.ts'
import { bindActions } from '../../../services/bind-actions.ts'
import type { Action, Call, Service } from '../../../services/service.ts'

/** What the actions below were asked, for tests to look at. */
export interface Asked {
  readonly calls: { readonly operation: string; readonly input: unknown; readonly call: Call }[]
}

/** A service on ECR's model whose actions are as small as the front end's tests need them. */
export function exampleEcr(asked: Asked): Service {
  return {
    name: 'ecr',
    actions: bindActions(asked, [
      createRepository,
      describeRepositories,
      deleteRepository,
      uploadLayerPart,
      putImage,
    ]),
    faults: {
      RepositoryNotFoundError: 'RepositoryNotFoundException',
      LayerPartRefusedError: 'InvalidLayerPartException',
      StorageFullError: 'ServerException',
    },
    faultMembers: (error) =>
      error instanceof LayerPartRefusedError ? { lastValidByteReceived: error.received } : {},
  }
}

/** A service on STS's model. */
export function exampleSts(): Service {
  return { name: 'sts', actions: bindActions({}, [getCallerIdentity]), faults: {} }
}

class LayerPartRefusedError extends DomainError {
  override readonly name = 'LayerPartRefusedError'
  readonly received = 41
}

const createRepository: Action<Asked, CreateRepositoryRequest, object> = {
  operation: 'CreateRepository',
  permissions: ({ registryId }, call): Permission[] => [
    {
      action: 'ecr:CreateRepository',
      resource: '*',
      owner: registryId === undefined ? call.registry.account : parseAccountId(registryId),
    },
  ],
  async run(input, call, asked) {
    asked.calls.push({ operation: 'CreateRepository', input, call })
    const createdAt = new Date('2026-03-01T08:00:00.123Z')
    return { repository: { repositoryName: input.repositoryName, createdAt, internalId: 7 }, $metadata: {} }
  },
}

const describeRepositories: Action<Asked, DescribeRepositoriesRequest, object> = {
  operation: 'DescribeRepositories',
  permissions: () => [],
  async run({ maxResults = 2 }, { pages }) {
    const after = typeof pages.position === 'number' ? pages.position : 0
    const names = Array.from({ length: maxResults }, (_, i) => `repository-${after + i + 1}`)
    const nextToken = after + maxResults < 10 ? pages.next(after + maxResults) : undefined
    return { repositories: names.map((repositoryName) => ({ repositoryName })), nextToken }
  },
}

const deleteRepository: Action<Asked, { repositoryName: string }, object> = {
  operation: 'DeleteRepository',
  permissions: () => [],
  async run({ repositoryName }, { registry }) {
    throw new RepositoryNotFoundError({
      account: registry.account,
      name: parseRepositoryName(repositoryName),
    })
  },
}

const uploadLayerPart: Action<Asked, UploadLayerPartRequest, object> = {
  operation: 'UploadLayerPart',
  permissions: () => [],
  async run({ layerPartBlob, partFirstByte = 0 }, _call) {
    if (partFirstByte > 0) throw new LayerPartRefusedError('The part does not follow')
    return { lastByteReceived: (layerPartBlob?.byteLength ?? 0) - 1 }
  },
}

/** Fails in every way that is the server's fault. */
const putImage: Action<Asked, { imageManifest: string }, object> = {
  operation: 'PutImage',
  permissions: () => [],
  async run({ imageManifest }) {
    if (imageManifest === 'unmapped') throw new ImageTagDoesNotMatchDigestError()
    if (imageManifest === 'disk full') throw new StorageFullError()
    if (imageManifest === 'misshapen') return { image: 'not a structure' }
    throw new Error('a secret of the implementation')
  },
}

const getCallerIdentity: Action<object, object, object> = {
  operation: 'GetCallerIdentity',
  permissions: () => [],
  run: async (_input, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
}
