/** How much a layer may ask of who reads it. What goes beyond is not read further, and the scan says so. */
export interface LayerLimits {
  /** Of the layer unpacked. */
  readonly bytes: number
  /** Unpacked bytes for each packed one, once `ratioFrom` bytes are unpacked. */
  readonly ratio: number
  readonly ratioFrom: number
  readonly entries: number
  /** Folders in a path. */
  readonly depth: number
  /** Of one file that is read as text, or of a JSON answer. */
  readonly textBytes: number
  /** Of a package database. */
  readonly databaseBytes: number
  readonly packages: number
  readonly milliseconds: number
  /** Of the worker's heap. */
  readonly heapMebibytes: number
}

const mebibyte = 1024 * 1024

/** Far beyond what the largest images of the field need. */
export const layerLimits: LayerLimits = {
  bytes: 64 * 1024 * mebibyte,
  ratio: 400,
  ratioFrom: 256 * mebibyte,
  entries: 3_000_000,
  depth: 200,
  textBytes: 64 * mebibyte,
  databaseBytes: 512 * mebibyte,
  packages: 200_000,
  milliseconds: 10 * 60 * 1000,
  heapMebibytes: 256,
}

/** A layer that can't be read to its end: broken, or beyond a limit. The message is for whoever asked for the scan. */
export class UnreadableLayerError extends Error {
  override readonly name = 'UnreadableLayerError'
}
