/** All that pulling takes, and the list of tags. */
const pullActions: ReadonlySet<string> = new Set([
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:ListImages',
])

/** Whether it is one of the few actions that a policy can give to callers without credentials. */
export function isPullAction(action: string): boolean {
  return pullActions.has(action)
}
