import type { DistributionFormat } from './package-format.ts'

/** What an image's `os-release` says. */
export interface Distribution {
  /** `debian`, `alpine`, `almalinux` ... */
  readonly id: string
  /** `12`, `3.19.1`, `9.4`; empty where there is none. */
  readonly versionId: string
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  readonly name: string
}

/**
 * Reads the lines `NAME=value` of an `os-release`; undefined when they don't name a distribution.
 *
 * @see os-release(5)
 */
export function readOsRelease(text: string): Distribution | undefined {
  const values = new Map(text.split('\n').flatMap(readAssignment))
  const id = values.get('ID')
  if (!id) return undefined
  return { id, versionId: values.get('VERSION_ID') ?? '', name: values.get('PRETTY_NAME') ?? id }
}

function readAssignment(line: string): [string, string][] {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim()) ?? []
  return name === undefined || value === undefined ? [] : [[name, unquoted(value)]]
}

function unquoted(value: string): string {
  const [, , inner] = /^(["'])(.*)\1$/.exec(value) ?? []
  return (inner ?? value).replaceAll(/\\(["'$`\\])/g, '$1')
}

/** How advisories speak of a distribution's packages. */
export interface DistributionFeed {
  readonly format: DistributionFormat
  /** What OSV calls this release; one name or several that belong together. */
  readonly ecosystems: readonly string[]
  /** Whether advisories name what is installed, or what that was built from. */
  readonly names: 'binary' | 'source'
}

/**
 * Which advisories are about a distribution; undefined for those that aren't known here.
 *
 * @see OSV schema, "Defined ecosystems"
 */
export function feedOf({ id, versionId }: Distribution): DistributionFeed | undefined {
  const major = versionId.split('.')[0] ?? ''
  switch (id) {
    case 'debian':
      return major === '' ? undefined : dpkg([`Debian:${major}`])
    case 'ubuntu':
      return dpkg([`Ubuntu:${versionId}:LTS`, `Ubuntu:${versionId}`])
    case 'alpine':
      return apk([`Alpine:v${versionId.split('.').slice(0, 2).join('.')}`])
    case 'wolfi':
      return apk(['Wolfi'])
    case 'chainguard':
      return apk(['Chainguard'])
    default:
      return rpmFeedOf(id, versionId, major)
  }
}

function rpmFeedOf(id: string, versionId: string, major: string): DistributionFeed | undefined {
  switch (id) {
    case 'almalinux':
      return rpm([`AlmaLinux:${major}`])
    case 'rocky':
      return rpm([`Rocky Linux:${major}`], 'source')
    case 'rhel':
      return rpm(['baseos', 'appstream', 'crb'].map((part) => `Red Hat:enterprise_linux:${major}::${part}`))
    case 'amzn':
      return rpm([`Amazon Linux:${versionId}`])
    case 'azurelinux':
      return rpm([`Azure Linux:${major}`], 'source')
    case 'opensuse-leap':
      return rpm([`openSUSE:Leap ${versionId}`], 'source')
    case 'opensuse-tumbleweed':
      return rpm(['openSUSE:Tumbleweed'], 'source')
    default:
      return undefined
  }
}

function dpkg(ecosystems: readonly string[]): DistributionFeed {
  return { format: 'dpkg', ecosystems, names: 'source' }
}

function apk(ecosystems: readonly string[]): DistributionFeed {
  return { format: 'apk', ecosystems, names: 'source' }
}

function rpm(ecosystems: readonly string[], names: DistributionFeed['names'] = 'binary'): DistributionFeed {
  return { format: 'rpm', ecosystems, names }
}
