/**
 * What Berth can tell beside what ECR tells on EventBridge, each for itself and only where it is asked for: `lifecycle` in the words of
 * CloudTrail, the others under detail types of their own.
 */
export const extraEvents = ['lifecycle', 'policy', 'pull', 'repository'] as const

export type ExtraEvent = (typeof extraEvents)[number]

/** The source of events that AWS doesn't know. */
export const berthSource = 'berth'
