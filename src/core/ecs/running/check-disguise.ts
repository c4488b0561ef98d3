import { EcsClientError } from '../errors.ts'
import type { TaskDefinitionContent } from '../task-definition.ts'

/** Those of Docker's own tools: Compose stops and removes what carries its labels. @see Docker documentation, "Docker object labels", Guidelines */
const labelOfDocker = /^((com|io)\.docker|org\.dockerproject)\./

/** What an engine takes for an image that it has, whoever was allowed to pull it. */
const imageId = /^(sha256:)?[0-9a-f]{64}$/

/**
 * Refuses what would have a task's containers and volumes pass for others' or take others' images.
 *
 * @throws EcsClientError
 */
export function checkDisguise({ containerDefinitions, volumes = [] }: TaskDefinitionContent): void {
  for (const { name, image = '', dockerLabels = {} } of containerDefinitions) {
    if (imageId.test(image)) {
      throw new EcsClientError(
        `Berth does not run '${image}', as '${name}' has: name the image's repository, which says who may have it.`,
      )
    }
    checkLabels(dockerLabels, `containers with label`, `'${name}' has`)
  }
  for (const { name, dockerVolumeConfiguration: { labels = {} } = {} } of volumes) {
    checkLabels(labels, 'tasks with volumes with label', `'${name}' has`)
  }
}

function checkLabels(labels: Readonly<Record<string, string>>, what: string, whose: string): void {
  const label = Object.keys(labels).find((key) => labelOfDocker.test(key))
  if (label === undefined) return
  throw new EcsClientError(
    `Berth does not run ${what} '${label}', as ${whose}: it is for Docker's own tools.`,
  )
}
