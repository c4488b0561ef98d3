export const updateJobKind = 'update-advisories'

/** The job that downloads the advisories of one ecosystem. */
export function updateJob(ecosystem: string) {
  return { kind: updateJobKind, key: ecosystem }
}

/** How far such a job is. */
export interface AdvisoryProgress {
  readonly step: string
  /** Bytes, then records. */
  readonly done: number
  /** 0 while that isn't known. */
  readonly of: number
  readonly changed: number
}

/** Whether what a job told of itself is this. */
export function isAdvisoryProgress(value: unknown): value is AdvisoryProgress {
  if (typeof value !== 'object' || value === null) return false
  const members: Record<string, unknown> = { ...value }
  const numbers = [members.done, members.of, members.changed]
  return typeof members.step === 'string' && numbers.every((number) => typeof number === 'number')
}
