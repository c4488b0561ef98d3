import type { TaskEndpoint } from './task-work.ts'

/** Tasks are left to themselves. */
export const noEndpoint: TaskEndpoint = {
  open: async () => undefined,
  extrasFor: ({ cluster: { region } }) => ({
    defaults: [
      { name: 'AWS_REGION', value: region },
      { name: 'AWS_DEFAULT_REGION', value: region },
      { name: 'AWS_EXECUTION_ENV', value: 'AWS_ECS_EC2' },
    ],
    fixed: [],
  }),
}
