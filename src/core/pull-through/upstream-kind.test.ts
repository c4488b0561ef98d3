import { expect, test } from 'vitest'
import { needsCredentials, upstreamKindOf } from './upstream-kind.ts'
import { readUpstreamUrl } from './upstream-origin.ts'

test.each([
  ['public.ecr.aws', 'ecr-public'],
  ['quay.io', 'quay'],
  ['registry.k8s.io', 'k8s'],
  ['registry-1.docker.io', 'docker-hub'],
  ['ghcr.io', 'github-container-registry'],
  ['registry.gitlab.com', 'gitlab-container-registry'],
  ['myteam.azurecr.io', 'azure-container-registry'],
  ['cgr.dev', 'chainguard'],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'ecr'],
  ['quay.io.example.com', undefined],
  ['evil-quay.io', undefined],
  ['a.b.azurecr.io', undefined],
])('%s is %s', (host, kind) => {
  expect(upstreamKindOf(host)).toBe(kind)
})

test('registries of which every account may pull need no credentials', () => {
  expect(needsCredentials('quay')).toBe(false)
  expect(needsCredentials('docker-hub')).toBe(true)
})

test.each([
  ['quay.io', { scheme: 'https', host: 'quay.io' }],
  ['https://Quay.io/', { scheme: 'https', host: 'quay.io' }],
  ['http://localhost:5000', { scheme: 'http', host: 'localhost:5000' }],
  ['10.0.0.5:5000', { scheme: 'https', host: '10.0.0.5:5000' }],
  ['ftp://quay.io', undefined],
  ['user@quay.io', undefined],
  ['quay.io/team', undefined],
  ['quay.io?x', undefined],
  ['', undefined],
])('the URL %s is %j', (url, origin) => {
  expect(readUpstreamUrl(url)).toEqual(origin)
})
