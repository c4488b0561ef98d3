/** What a path can name that belongs to a registry as a whole. */
export type RegistryResource = 'ping' | 'catalog'

/** What a path can name that belongs to one repository. The last three are the ways to begin an upload. */
export type RepositoryResource =
  | 'manifest'
  | 'tags'
  | 'referrers'
  | 'blob'
  | 'upload'
  | 'upload-start'
  | 'upload-whole'
  | 'blob-mount'

/**
 * Where a path leads. `name` is what stands in the repository's place and `argument` what stands in the place of a
 * reference, a digest or an upload id; neither has been checked, decoded or changed.
 */
export type Route =
  | { readonly scope: 'registry'; readonly resource: RegistryResource }
  | {
      readonly scope: 'repository'
      readonly resource: RepositoryResource
      readonly name: string
      readonly argument: string
    }
  | { readonly scope: 'nowhere' }

const nowhere: Route = { scope: 'nowhere' }
const byArgument: Readonly<Record<string, RepositoryResource>> = {
  manifests: 'manifest',
  referrers: 'referrers',
  blobs: 'blob',
}

/**
 * Reads a request's path and query. It reads from the right, so that `tags`, `blobs` and the like may be parts of a
 * repository's name: the longest name that leaves a whole endpoint wins.
 *
 * @see distribution spec, "Endpoints"
 * @example
 * readRoute('/v2/team/tags/manifests/list') // the manifest `list` of `team/tags`
 */
export function readRoute(url: string): Route {
  const [path = '', query = ''] = splitOnce(url, '?')
  if (!path.startsWith('/v2/')) return path === '/v2' ? { scope: 'registry', resource: 'ping' } : nowhere
  const parts = path.slice('/v2/'.length).split('/')
  if (parts.length === 1) return readRegistryRoute(parts[0])
  return readUpload(parts, query) ?? readTags(parts) ?? readByArgument(parts) ?? nowhere
}

function readRegistryRoute(part: string | undefined): Route {
  if (part === '') return { scope: 'registry', resource: 'ping' }
  return part === '_catalog' ? { scope: 'registry', resource: 'catalog' } : nowhere
}

function readUpload(parts: readonly string[], query: string): Route | undefined {
  const argument = parts.at(-1) ?? ''
  if (parts.at(-2) !== 'uploads' || parts.at(-3) !== 'blobs') return undefined
  return repositoryRoute(argument === '' ? readUploadStart(query) : 'upload', parts.slice(0, -3), argument)
}

function readUploadStart(query: string): RepositoryResource {
  const asked = new URLSearchParams(query)
  if (asked.has('mount')) return 'blob-mount'
  return asked.has('digest') ? 'upload-whole' : 'upload-start'
}

function readTags(parts: readonly string[]): Route | undefined {
  if (parts.at(-1) !== 'list' || parts.at(-2) !== 'tags') return undefined
  return repositoryRoute('tags', parts.slice(0, -2), '')
}

function readByArgument(parts: readonly string[]): Route | undefined {
  const kind = parts.at(-2) ?? ''
  const resource = Object.hasOwn(byArgument, kind) ? byArgument[kind] : undefined
  return resource && repositoryRoute(resource, parts.slice(0, -2), parts.at(-1) ?? '')
}

function repositoryRoute(
  resource: RepositoryResource,
  nameParts: readonly string[],
  argument: string,
): Route | undefined {
  return nameParts.length === 0
    ? undefined
    : { scope: 'repository', resource, name: nameParts.join('/'), argument }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
