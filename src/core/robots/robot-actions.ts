const pull = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:ListImages',
] as const

/** What each action of a robot lets it do, in IAM's words. What isn't here no robot can do. */
const iamActions = {
  pull,
  push: [
    ...pull,
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
  ],
  /** Repositories come to be by a push, or by a pull through the cache. */
  create: ['ecr:CreateRepository', 'ecr:TagResource', 'ecr:BatchImportUpstreamImage'],
  delete: ['ecr:BatchDeleteImage'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type RobotAction = keyof typeof iamActions

/** Whether one of a robot's actions covers an action of IAM. */
export function coversAction(actions: readonly RobotAction[], iamAction: string): boolean {
  return actions.some((action) => coveredBy[action].has(iamAction))
}

const coveredBy: Readonly<Record<RobotAction, ReadonlySet<string>>> = {
  pull: new Set(iamActions.pull),
  push: new Set(iamActions.push),
  create: new Set(iamActions.create),
  delete: new Set(iamActions.delete),
}
