import { execFileSync } from 'node:child_process'

/** A source package of which something is installed, as dpkg itself tells of it. */
export interface DebianSource {
  readonly name: string
  readonly version: string
}

/** An advisory about a source package, and the version that mends it. */
export interface DebianFix {
  readonly cve: string
  readonly name: string
  readonly fixed: string
}

/** What dpkg's database has installed: this machine's, unless the folder of another is named. */
export function installedSources(adminDir = '/var/lib/dpkg'): DebianSource[] {
  const fields = ['db:Status-Status', 'source:Package', 'source:Version'].map((field) => `\${${field}}`)
  const show = ['--admindir', adminDir, '--show', '--showformat', `${fields.join(' ')}\n`]
  const lines = execFileSync('dpkg-query', show, { encoding: 'utf8' }).split('\n')
  const installed = new Set(lines.filter((line) => line.startsWith('installed ')))
  return [...installed].map((line) => {
    const [, name = '', version = ''] = line.split(' ')
    return { name, version }
  })
}

/** The findings that sources have by dpkg's own comparison of versions, each as `CVE source version`, sorted. */
export function findingsByDpkg(sources: readonly DebianSource[], fixes: readonly DebianFix[]): string[] {
  const pairs = sources.flatMap((source) =>
    fixes.filter(({ name }) => name === source.name).map((fix) => ({ source, fix })),
  )
  const isLess = areBefore(pairs.map(({ source, fix }) => [source.version, fix.fixed]))
  const hit = pairs.filter((_, at) => isLess[at])
  return hit.map(({ source, fix }) => `${fix.cve} ${source.name} ${source.version}`).toSorted()
}

/** What dpkg says of each pair, in one shell. */
function areBefore(pairs: readonly (readonly [string, string])[]): boolean[] {
  const script = 'while read -r one other; do dpkg --compare-versions "$one" lt "$other"; echo $?; done'
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('')
  return execFileSync('sh', ['-c', script], { input, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((code) => code === '0')
}
