import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRepositoryName } from '../../core/names/repository-name.ts'
import { isTag } from '../../core/names/tag.ts'
import { readRoute } from './route.ts'

const digest = `sha256:${'0'.repeat(64)}`
const uploadId = '5d2f0c5e-0000-4000-8000-000000000000'

// The words of the endpoints are legal parts of names and legal tags; half of what is drawn is made of them.
const part = fc.oneof(
  fc.constantFrom('tags', 'list', 'blobs', 'uploads', 'manifests', 'referrers', 'v2'),
  fc.stringMatching(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/),
)
const name = fc
  .array(part, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('/'))
  .filter(isRepositoryName)
const tag = fc.oneof(part, fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/)).filter(isTag)

test('a manifest of any name under any tag is found', () => {
  fc.assert(
    fc.property(name, tag, (name, tag) => {
      fc.pre(!(tag === 'list' && name.endsWith('/tags')))
      expect(readRoute(`/v2/${name}/manifests/${tag}`)).toEqual(route('manifest', name, tag))
    }),
  )
})

test.each(['manifests', 'blobs', 'referrers'])('a digest under %s of any name is found', (word) => {
  const resource = { manifests: 'manifest', blobs: 'blob', referrers: 'referrers' }[word]
  fc.assert(
    fc.property(name, (name) => {
      expect(readRoute(`/v2/${name}/${word}/${digest}`)).toEqual(route(resource, name, digest))
    }),
  )
})

test('the tag list and the uploads of any name are found', () => {
  fc.assert(
    fc.property(name, (name) => {
      expect(readRoute(`/v2/${name}/tags/list`)).toEqual(route('tags', name, ''))
      expect(readRoute(`/v2/${name}/blobs/uploads/`)).toEqual(route('upload-start', name, ''))
      expect(readRoute(`/v2/${name}/blobs/uploads/${uploadId}`)).toEqual(route('upload', name, uploadId))
    }),
  )
})

test('an upload begins in three ways, told apart by the query', () => {
  const start = '/v2/app/blobs/uploads/'
  expect(readRoute(`${start}?n=1`)).toEqual(route('upload-start', 'app', ''))
  expect(readRoute(`${start}?digest=${digest}`)).toEqual(route('upload-whole', 'app', ''))
  expect(readRoute(`${start}?mount=${digest}&from=base`)).toEqual(route('blob-mount', 'app', ''))
  expect(readRoute(`${start}?from=base&mount=${digest}&digest=${digest}`)).toEqual(
    route('blob-mount', 'app', ''),
  )
})

test('a query never changes where any other path leads', () => {
  fc.assert(
    fc.property(name, tag, fc.webQueryParameters(), (name, tag, query) => {
      const path = `/v2/${name}/manifests/${tag}`
      expect(readRoute(`${path}?${query}`)).toEqual(readRoute(path))
    }),
  )
})

test('whatever is read is exactly what was written', () => {
  const anyPath = fc.array(fc.oneof(part, fc.constantFrom('..', '.', '', '%2f', '%00', '\\', '%2e%2e')), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(anyPath, (parts) => {
      const read = readRoute(`/v2/${parts.join('/')}`)
      if (read.scope !== 'repository') return
      expect(`/v2/${parts.join('/')}`).toContain(`/v2/${read.name}/`)
      expect(`/v2/${parts.join('/')}`.endsWith(`/${read.argument}`) || read.resource === 'tags').toBe(true)
    }),
  )
})

test.each([
  '/v2/../secret/manifests/latest',
  '/v2/app/../secret/manifests/latest',
  '/v2/./app/manifests/latest',
  '/v2//app/manifests/latest',
  '/v2/app//manifests/latest',
  '/v2/team%2fapp/manifests/latest',
  '/v2/team%2Fapp/manifests/latest',
  '/v2/app%00/manifests/latest',
  '/v2/team\\app/manifests/latest',
  '/v2/%2e%2e/app/manifests/latest',
  '/v2/App/manifests/latest',
])('the name in %s is never a repository name', (path) => {
  const read = readRoute(path)
  expect(read.scope === 'repository' && isRepositoryName(read.name)).toBe(false)
})

test.each([
  '/',
  '/v1/',
  '/v22/',
  '/V2/',
  '/v2/app',
  '/v2/app/',
  '/v2/_catalog/',
  '/v2/tags/list',
  '/v2/manifests/latest',
  '/v2/app/tags',
  '/v2/app/tags/list/',
  '/v2/app/tags/all',
  '/v2/app/manifests',
  '/v2/app/constructor/x',
  '/v2/blobs/uploads/',
  `/v2/blobs/uploads/${uploadId}`,
  '/v2/app/blobs/uploads/x/y',
])('%s leads nowhere', (path) => {
  expect(readRoute(path)).toEqual({ scope: 'nowhere' })
})

test('the registry itself has a ping and a catalogue', () => {
  expect(readRoute('/v2/')).toEqual({ scope: 'registry', resource: 'ping' })
  expect(readRoute('/v2')).toEqual({ scope: 'registry', resource: 'ping' })
  expect(readRoute('/v2/_catalog?n=2')).toEqual({ scope: 'registry', resource: 'catalog' })
})

function route(resource: string | undefined, name: string, argument: string) {
  return { scope: 'repository', resource, name, argument }
}
