/**
 * What one manifest may hold. The length is ECR's quota; the others are Berth's own, far above what builders make
 * (Docker stops at 127 layers), so that one push can't ask for unbounded work.
 */
export const manifestLimits = {
  /** Length of the manifest in bytes. */
  bytes: 4_194_304,
  /** Objects and lists inside one another. */
  depth: 64,
  /** Members of all objects together. */
  members: 50_000,
  layers: 1_000,
  /** Entries of an index. */
  manifests: 1_000,
} as const
