/** The job that looks again at all images that are scanned continuously, after advisories have changed. */
export const rescanJob = { kind: 'rescan-images', key: '' }

/** How many milliseconds after a change of advisories: an import comes in many parts. */
export const rescanDelay = 15_000
