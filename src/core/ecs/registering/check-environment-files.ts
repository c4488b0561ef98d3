import type { ContainerDefinition } from '../container-definition.ts'
import { parseS3Object } from '../environment-file.ts'
import { EcsClientError } from '../errors.ts'

const mostFiles = 10

/**
 * Checks which files a container's variables are in.
 *
 * @throws EcsClientError
 * @see Amazon ECS API reference, ContainerDefinition, environmentFiles
 */
export function checkEnvironmentFiles({
  name,
  environmentFiles = [],
}: Pick<ContainerDefinition, 'name' | 'environmentFiles'>): void {
  if (environmentFiles.length > mostFiles) {
    throw new EcsClientError(
      `Invalid 'environmentFiles' setting for container '${name}'. There may be up to ${mostFiles}.`,
    )
  }
  const wrong = environmentFiles.find(
    ({ value }) => parseS3Object(value) === undefined || !value.endsWith('.env'),
  )
  if (wrong === undefined) return
  throw new EcsClientError(
    `Invalid 'environmentFiles' setting for container '${name}'. '${wrong.value}' is not the ARN of an object of S3 whose name ends with '.env'.`,
  )
}
