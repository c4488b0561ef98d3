/** The one job that removes garbage. */
export const garbageJob = { kind: 'collect-garbage', key: '' }
