import type { Digest } from '../names/digest.ts'
import type { Distribution } from './distribution.ts'
import type { InstalledPackage, PackageRecord } from './installed-package.ts'

/** What one layer says of packages, and what it hides of the layers below. Paths have no slash in front. */
export interface LayerInventory {
  readonly files: readonly PackageFile[]
  /** Files and folders that are gone from this layer on. */
  readonly removed: readonly string[]
  /** Folders that begin anew with this layer. */
  readonly emptied: readonly string[]
}

/** A file that tells of packages; of none, where it only takes the place of one that did. */
export interface PackageFile {
  readonly path: string
  readonly packages: readonly PackageRecord[]
  readonly distribution?: Distribution
}

/** What is in an image. */
export interface ImageInventory {
  /** Undefined where no layer says it. */
  readonly distribution: Distribution | undefined
  readonly packages: readonly InstalledPackage[]
}

type LayerFile = PackageFile & { readonly layer: Digest }

/**
 * Lays layers upon each other, the lowest first, as a container's file system would.
 *
 * @see OCI image spec, "Image Layer Filesystem Changeset": whiteouts
 */
export function combineLayers(
  layers: readonly { readonly digest: Digest; readonly inventory: LayerInventory }[],
): ImageInventory {
  const files = new Map<string, LayerFile>()
  for (const { digest, inventory } of layers) {
    hide(files, inventory)
    for (const file of inventory.files) files.set(file.path, { ...file, layer: digest })
  }
  const packages = [...files.values()].flatMap(({ path, layer, packages: records }) =>
    records.map((record) => ({ ...record, path, layer })),
  )
  return { distribution: distributionIn(files), packages: unique(packages) }
}

/** A whiteout hides only what lies below, never what came with it. */
function hide(files: Map<string, LayerFile>, { removed, emptied }: LayerInventory): void {
  if (files.size === 0) return
  const gone = new Set(removed)
  const anew = new Set(emptied)
  for (const path of files.keys()) {
    if (gone.has(path) || foldersOf(path).some((folder) => gone.has(folder) || anew.has(folder)))
      files.delete(path)
  }
}

/** All folders a file lies in, the root among them. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))]
}

/** The places where an `os-release` is looked for, the first one first. @see os-release(5) */
export const osReleasePaths = ['etc/os-release', 'usr/lib/os-release'] as const

function distributionIn(files: ReadonlyMap<string, PackageFile>): Distribution | undefined {
  return osReleasePaths.map((path) => files.get(path)?.distribution).find((found) => found !== undefined)
}

/** A package that two files tell of, as after a change of the database's format, is there once. */
function unique(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const byKey = new Map(packages.map((one) => [keyOf(one), one]))
  return [...byKey.values()]
}

/** A distribution has a package once, wherever it says so; a language may have it in several places. */
function keyOf({ format, name, version, architecture, path }: InstalledPackage): string {
  const place = format === 'dpkg' || format === 'apk' || format === 'rpm' ? '' : path
  return JSON.stringify([format, name, version, architecture, place])
}

/** Counts up when more is read of a layer than before: what an earlier version has read is read again. */
export const inventoryVersion = 3
