import {
  type AdvisoryEntry,
  type Fault,
  faultsOf,
  type SubjectGroup,
} from '../../core/scanning/find-vulnerabilities.ts'
import type { AdvisoryFeed } from '../../stores/metadata/advisories.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** Versions of packages whose faults are kept at hand; what one of them has is some hundred bytes, most have nothing. */
const versionsKept = 50_000

/**
 * What advisories say, as one piece of work needs it: asked for once, package by package, and compared once with each version, however
 * many images have the package.
 */
export class KnownAdvisories {
  readonly #metadata: Pick<MetadataReader, 'advisories'>
  readonly #entries = new Map<string, AdvisoryEntry[]>()
  readonly #faults = new Map<string, readonly Fault[]>()
  #feeds: Promise<AdvisoryFeed[]> | undefined

  constructor(metadata: Pick<MetadataReader, 'advisories'>) {
    this.#metadata = metadata
  }

  /** Those of the ecosystems for which there are advisories. */
  async feeds(ecosystems: readonly string[]): Promise<AdvisoryFeed[]> {
    this.#feeds ??= this.#metadata.advisories.feeds()
    return (await this.#feeds).filter(({ ecosystem }) => ecosystems.includes(ecosystem))
  }

  /** Gets what is said of packages. */
  async load(groups: readonly SubjectGroup[]): Promise<void> {
    const wanted = new Map<string, Set<string>>()
    for (const { subject, key } of groups) {
      const { ecosystems, name } = subject
      if (this.#faults.has(key)) continue
      if (ecosystems.every((ecosystem) => this.#entries.has(keyOf(ecosystem, name)))) continue
      const group = JSON.stringify(ecosystems)
      wanted.set(group, (wanted.get(group) ?? new Set()).add(name))
    }
    for (const [group, names] of wanted) await this.#loadGroup(JSON.parse(group), [...names])
  }

  /** What is wrong with packages that were loaded. */
  readonly faultsOf = ({ subject, key }: SubjectGroup): readonly Fault[] => {
    const known = this.#faults.get(key)
    if (known !== undefined) return known
    const faults = faultsOf(subject, (ecosystem, name) => this.#entries.get(keyOf(ecosystem, name)) ?? [])
    if (this.#faults.size >= versionsKept) this.#faults.clear()
    this.#faults.set(key, faults)
    return faults
  }

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
