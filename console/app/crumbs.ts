import { decodePart } from '../format/decode-part.ts'
import { shortDigest } from '../format/short-digest.ts'
import { paths } from './paths.ts'

interface Crumb {
  readonly text: string
  readonly href: string
}

const titles: Readonly<Record<string, Crumb>> = {
  repositories: crumb('Repositories', paths.repositories),
  registry: crumb('Registry settings', paths.registry()),
  clusters: crumb('Clusters', paths.clusters),
  events: crumb('Events', paths.rules),
  mailbox: crumb('Mailbox', paths.mailbox),
  audit: crumb('Audit trail', paths.audit),
  access: crumb('Access', paths.access),
}

/** Where a page is: `Berth > Repositories > team/app > sha256:0123456789ab`. */
export function crumbsOf(path: string): readonly Crumb[] {
  const [area = '', first, second, third] = path.split('/').filter(Boolean).map(decodePart)
  const root = crumb('Berth', paths.repositories)
  const title = titles[area]
  if (title === undefined) return [root]
  const trail = [root, title]
  if (area === 'repositories' && first !== undefined) {
    trail.push(crumb(first, paths.repository(first)))
    if (second === 'images' && third !== undefined)
      trail.push(crumb(shortDigest(third), paths.image(first, third)))
  }
  if (area === 'clusters' && first !== undefined) {
    trail.push(crumb(first, paths.cluster(first)))
    if (third !== undefined) trail.push(crumb(third, `${paths.cluster(first)}/${second}/${third}`))
  }
  return trail
}

/** What a browser calls the page in its tabs and its history: `sha256:0123456789ab - team/app - Repositories - Berth`. */
export function titleOf(trail: readonly Crumb[]): string {
  return trail
    .map(({ text }) => text)
    .toReversed()
    .join(' - ')
}

function crumb(text: string, path: string): Crumb {
  return { text, href: `/console${path}` }
}
