import type { HistoryLimits } from '../stores/metadata/history.ts'

/**
 * How much of one repository's past is kept at most, beside the grace period: as many images as its quota allows, 100 MiB of
 * their manifests, and as many changes of tags. Beyond that the oldest goes first, once an hour. None of it counts for quotas.
 */
export const historyLimits: HistoryLimits = {
  changes: 100_000,
  images: 100_000,
  bytes: 100 * 1024 * 1024,
}
