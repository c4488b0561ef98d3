import type { Digest } from '../names/digest.ts'
import type { PackageFormat } from './package-format.ts'

/** A package as a database or a file tells of it. */
export interface PackageRecord {
  readonly format: PackageFormat
  readonly name: string
  /** In the spelling of its format; for RPM `[epoch:]version-release`. */
  readonly version: string
  readonly architecture?: string
  /** What it was built from, where that has another name or version. */
  readonly source?: { readonly name: string; readonly version: string }
  /** The name and the stream of the module an RPM package belongs to: `nodejs:18`. */
  readonly module?: string
}

/** A package of an image. */
export interface InstalledPackage extends PackageRecord {
  /** The file that tells of it, without a leading slash. */
  readonly path: string
  /** The layer that has the file. */
  readonly layer: Digest
}
