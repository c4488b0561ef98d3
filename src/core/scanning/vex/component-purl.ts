/** A package URL in its parts, decoded. */
interface PackageUrl {
  readonly type: string
  /** Everything before the name, such as a distribution or a scope. */
  readonly namespace: readonly string[]
  readonly name: string
  readonly version: string
  readonly qualifiers: ReadonlyMap<string, string>
}

/** Reads a package URL; undefined for a text that is none. @see Package URL specification, "How to parse" */
export function readPackageUrl(text: string): PackageUrl | undefined {
  const [, type, path = '', version = '', query = ''] =
    /^pkg:\/*([a-zA-Z0-9.+-]+)\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/.exec(text) ?? []
  const parts = path.split('/').filter((part) => part !== '')
  const name = parts.pop()
  if (type === undefined || name === undefined) return undefined
  const pairs = query.split('&').map((pair) => pair.split('='))
  return {
    type: type.toLowerCase(),
    namespace: parts.map(decode),
    name: decode(name),
    version: decode(version),
    qualifiers: new Map(pairs.map(([key = '', value = '']) => [key, decode(value)])),
  }
}

/** The package that a component's URL means, as findings name it: for a distribution's what it was built from, if that is told. */
export function packageNameIn({ type, namespace, name, qualifiers }: PackageUrl): string {
  const upstream = qualifiers.get('upstream')?.split('@')[0]
  switch (type) {
    case 'maven':
      return [...namespace, name].join(':')
    case 'npm':
    case 'golang':
      return [...namespace, name].join('/')
    case 'pypi':
      return name.toLowerCase().replaceAll(/[-_.]+/g, '-')
    default:
      return upstream || name
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
