import type { Distribution } from '../distribution.ts'
import type { PackageRecord } from '../installed-package.ts'
import type { PackageFormat } from '../package-format.ts'

const types: Readonly<Record<PackageFormat, string>> = {
  dpkg: 'deb',
  apk: 'apk',
  rpm: 'rpm',
  npm: 'npm',
  pypi: 'pypi',
  maven: 'maven',
  go: 'golang',
  cargo: 'cargo',
  other: 'generic',
}

/**
 * A package's name for everyone: `pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12`.
 *
 * @see Package URL specification
 */
export function packageUrl(pkg: PackageRecord, distribution: Distribution | undefined): string {
  const { format, name, version } = pkg
  const path = [types[format], ...namespaceOf(pkg, distribution), ...pathOf(format, name)]
  return `pkg:${path.join('/')}@${encode(version)}${qualifiers(pkg, distribution)}`
}

function isOfDistribution(format: PackageFormat): boolean {
  return format === 'dpkg' || format === 'apk' || format === 'rpm'
}

function namespaceOf({ format }: PackageRecord, distribution: Distribution | undefined): string[] {
  return isOfDistribution(format) && distribution !== undefined ? [encode(distribution.id)] : []
}

/** Maven's group, npm's scope and Go's path come before the name proper. */
function pathOf(format: PackageFormat, name: string): string[] {
  if (format === 'maven') return name.split(':').map(encode)
  return format === 'npm' || format === 'go' ? name.split('/').map(encode) : [encode(name)]
}

function qualifiers(
  { format, architecture, source }: PackageRecord,
  distribution: Distribution | undefined,
): string {
  if (!isOfDistribution(format)) return ''
  const pairs = [
    ['arch', architecture],
    ['distro', distribution && `${distribution.id}-${distribution.versionId}`],
    ['upstream', source && `${source.name}@${source.version}`],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${encode(value)}`]))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':')
}
