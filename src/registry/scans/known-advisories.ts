import type { AdvisoryEntry } from '../../core/scanning/find-vulnerabilities.ts'
import { subjectOf } from '../../core/scanning/find-vulnerabilities.ts'
import type { ScanScope } from '../../core/scanning/judge-inventory.ts'
import type { AdvisoryFeed } from '../../stores/metadata/advisories.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/**
 * What advisories say, as one piece of work needs it: asked for once, package by package, however many images have the package.
 */
export class KnownAdvisories {
  readonly #metadata: Pick<MetadataReader, 'advisories'>
  readonly #entries = new Map<string, AdvisoryEntry[]>()
  #feeds: Promise<AdvisoryFeed[]> | undefined

  constructor(metadata: Pick<MetadataReader, 'advisories'>) {
    this.#metadata = metadata
  }

  /** Those of the ecosystems for which there are advisories. */
  async feeds(ecosystems: readonly string[]): Promise<AdvisoryFeed[]> {
    this.#feeds ??= this.#metadata.advisories.feeds()
    return (await this.#feeds).filter(({ ecosystem }) => ecosystems.includes(ecosystem))
  }

  /** Gets what is said of the packages of a scan. */
  async load({ packages, feed }: ScanScope): Promise<void> {
    const wanted = new Map<string, Set<string>>()
    for (const pkg of packages) {
      const subject = subjectOf(pkg, feed)
      if (subject === undefined) continue
      const { ecosystems, name } = subject
      if (ecosystems.every((ecosystem) => this.#entries.has(keyOf(ecosystem, name)))) continue
      const group = JSON.stringify(ecosystems)
      wanted.set(group, (wanted.get(group) ?? new Set()).add(name))
    }
    for (const [group, names] of wanted) await this.#loadGroup(JSON.parse(group), [...names])
  }

  /** What is said of a package that was loaded. */
  readonly of = (ecosystem: string, name: string): readonly AdvisoryEntry[] =>
    this.#entries.get(keyOf(ecosystem, name)) ?? []

  async #loadGroup(ecosystems: readonly string[], names: readonly string[]): Promise<void> {
    const entries = await this.#metadata.advisories.entries(ecosystems, names)
    for (const ecosystem of ecosystems)
      for (const name of names) this.#entries.set(keyOf(ecosystem, name), [])
    for (const entry of entries) {
      this.#entries.get(keyOf(entry.affected.ecosystem, entry.affected.name))?.push(entry)
    }
  }
}

function keyOf(ecosystem: string, name: string): string {
  return `${ecosystem}\n${name}`
}
