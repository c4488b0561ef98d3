import { expect, test } from 'vitest'
import { rootOf } from '../../access/principal.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { ExchangeNotes } from '../../observability/exchange-notes.ts'
import type { HttpRequest } from '../http/exchange.ts'
import type { RepositoryRequest } from './endpoint.ts'
import { registryEndpoints, repositoryEndpoints } from './endpoints.ts'

const account = parseAccountId('111122223333')
const registryKey = { account, region: parseRegion('eu-west-2') }
const repository = { ...registryKey, name: parseRepositoryName('team/app') }

/** Every endpoint there is, and the rights it asks for (Amazon ECR user guide, "IAM permissions for pushing and pulling images"). */
const rights = {
  'GET ping': [],
  'HEAD ping': [],
  'GET catalog': ['ecr:DescribeRepositories'],
  'HEAD catalog': ['ecr:DescribeRepositories'],
  'GET manifest': ['ecr:BatchGetImage'],
  'HEAD manifest': ['ecr:BatchGetImage'],
  'PUT manifest': ['ecr:PutImage'],
  'DELETE manifest': ['ecr:BatchDeleteImage'],
  'GET tags': ['ecr:ListImages'],
  'HEAD tags': ['ecr:ListImages'],
  'GET referrers': ['ecr:BatchGetImage'],
  'HEAD referrers': ['ecr:BatchGetImage'],
  'GET blob': ['ecr:GetDownloadUrlForLayer'],
  'HEAD blob': ['ecr:BatchCheckLayerAvailability'],
  'DELETE blob': ['ecr:BatchDeleteImage'],
  'POST upload-start': ['ecr:InitiateLayerUpload'],
  'POST upload-whole': ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
  'POST blob-mount': ['ecr:InitiateLayerUpload'],
  'GET upload': ['ecr:UploadLayerPart'],
  'PATCH upload': ['ecr:UploadLayerPart'],
  'PUT upload': ['ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
  'DELETE upload': ['ecr:InitiateLayerUpload'],
}

test('every endpoint asks for its rights, and there is no other endpoint', () => {
  expect(
    Object.fromEntries(declared().map(({ name, permissions }) => [name, actionsOf(permissions)])),
  ).toEqual(rights)
})

test('whatever can be read can be looked at without its body (RFC 9110, section 9.1)', () => {
  const names = Object.keys(rights)
  const unseen = names.filter((name) => /^GET /.test(name) && !names.includes(name.replace('GET', 'HEAD')))
  expect(unseen).toEqual(['GET upload'])
})

test('only the ping asks for no right', () => {
  const free = declared().filter(({ permissions }) => permissions.length === 0)
  expect(free.map(({ name }) => name)).toEqual(['GET ping', 'HEAD ping'])
})

test('every right is asked for on the very repository, or for a list on all of them, of the account that owns it', () => {
  for (const { name, permissions } of declared()) {
    const resource = name.endsWith(' catalog') ? '*' : 'team/app'
    for (const permission of permissions) {
      expect(permission.resource).toBe(`arn:aws:ecr:eu-west-2:111122223333:repository/${resource}`)
      expect(permission.owner).toBe(account)
    }
  }
})

function declared() {
  return Object.entries({ ...registryEndpoints, ...repositoryEndpoints }).flatMap(([resource, methods]) =>
    [...methods].map(([method, endpoint]) => ({
      name: `${method} ${resource}`,
      permissions: endpoint.permissions(request),
    })),
  )
}

function actionsOf(permissions: readonly { readonly action: string }[]): string[] {
  return permissions.map(({ action }) => action)
}

const http: HttpRequest = {
  id: 'request-1',
  method: 'GET',
  url: '/v2/',
  headers: {},
  rawHeaders: [],
  get body(): never {
    throw new Error('Rights are decided before a body is read')
  },
  scheme: 'http',
  remoteAddress: '127.0.0.1',
  peerAddress: '127.0.0.1',
  notes: new ExchangeNotes(),
  signal: new AbortController().signal,
}
const request: RepositoryRequest = {
  http,
  caller: rootOf(account),
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  registryKey,
  repository,
  argument: 'v1',
  query: new URLSearchParams(),
}
