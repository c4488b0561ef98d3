import type { RegistryKey } from '../../core/names/registry-key.ts'
import { type ScanningConfiguration, scanningOf } from '../../core/scanning/scanning-configuration.ts'
import type { EndedScan } from '../../stores/metadata/scans.ts'
import type { Registry } from '../registry.ts'
import { findScanningConfiguration } from './find-scanning.ts'
import { type JudgedImage, StoredImageJudge } from './judge-stored-images.ts'
import { renewFindings } from './renew-findings.ts'

/** Images asked for at once. */
const listedAtOnce = 100
/** Images whose packages are at hand at once, and whose findings change in one transaction: few, since others wait for it. */
const judgedAtOnce = 20

/** How far it is, and what it changed. */
export interface RescanTally {
  readonly images: number
  readonly changed: number
}

export interface RescanOptions {
  readonly signal: AbortSignal
  readonly tell: (tally: RescanTally) => void
  /** Called after each image: others may want to do something. */
  readonly rest: () => Promise<void>
}

/**
 * Looks up again what is known of the packages of all images that are scanned continuously. Their packages are known: no layer is read,
 * but for images whose packages an earlier version of Berth has read, which are scanned anew.
 *
 * @throws the signal's reason
 */
export async function rescanImages(
  registry: Registry,
  { signal, tell, rest }: RescanOptions,
): Promise<RescanTally> {
  const judge = new StoredImageJudge(registry, rest)
  let tally: RescanTally = { images: 0, changed: 0 }
  let judged: readonly JudgedImage[] = []
  // What was found of some is written while the next are looked at.
  for await (const some of continuousImages(registry, signal)) {
    const [next, changed] = await Promise.all([judge.judge(some), renewFindings(registry, judged)])
    tally = { images: tally.images + some.length, changed: tally.changed + changed }
    tell(tally)
    judged = next
  }
  const changed = await renewFindings(registry, judged)
  return { ...tally, changed: tally.changed + changed }
}

/** Those that are scanned continuously, a few at once. @throws the signal's reason */
async function* continuousImages(registry: Registry, signal: AbortSignal): AsyncGenerator<EndedScan[]> {
  const continuous = new ContinuousRepositories(registry)
  let after: EndedScan | undefined
  for (;;) {
    const page = await registry.metadata.scans.ended({ type: 'ENHANCED', after, limit: listedAtOnce })
    const wanted = await continuous.only(page)
    for (let at = 0; at < wanted.length; at += judgedAtOnce) {
      signal.throwIfAborted()
      yield wanted.slice(at, at + judgedAtOnce)
    }
    after = page.at(-1)
    if (page.length < listedAtOnce) return
  }
}

/** Which repositories are scanned continuously; each registry's configuration is looked up once. */
class ContinuousRepositories {
  readonly #registry: Registry
  readonly #configurations = new Map<string, Promise<ScanningConfiguration>>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  async only(page: readonly EndedScan[]): Promise<EndedScan[]> {
    const frequencies = await Promise.all(page.map(({ repository }) => this.#frequencyOf(repository)))
    return page.filter((_, at) => frequencies[at] === 'CONTINUOUS_SCAN')
  }

  async #frequencyOf({ name, ...registry }: EndedScan['repository']) {
    return scanningOf(await this.#configurationOf(registry), { name, scanOnPush: false }).frequency
  }

  #configurationOf(registry: RegistryKey): Promise<ScanningConfiguration> {
    const key = `${registry.account}/${registry.region}`
    const found =
      this.#configurations.get(key) ?? findScanningConfiguration(this.#registry.metadata, registry)
    this.#configurations.set(key, found)
    return found
  }
}
