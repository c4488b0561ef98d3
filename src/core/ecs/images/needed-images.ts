import type { Deployment } from '../scheduling/deployment.ts'
import type { Service } from '../scheduling/service.ts'
import type { Task } from '../task.ts'
import { readImageName, referenceOf } from './image-name.ts'

/** Which images tasks and services need, or may come back to. */
export interface NeededImages {
  /** Of whatever repository. */
  readonly digests: ReadonlySet<string>
  /** As `referenceOf` writes them. */
  readonly references: ReadonlySet<string>
}

interface Need {
  readonly image: string
  readonly digests: readonly (string | undefined)[]
}

/**
 * What tasks run, and what services have in their deployments, the one included that a circuit breaker would go back to. An image whose
 * digest is known is needed by that alone, wherever its tag points by now.
 */
export function neededImages(tasks: readonly Task[], services: readonly Service[]): NeededImages {
  const deployments = services.flatMap(({ deployments: all, lastCompleted }) => [
    ...all,
    ...(lastCompleted === undefined ? [] : [lastCompleted]),
  ])
  const needs = [...tasks.flatMap(needsOfTask), ...deployments.flatMap(needsOfDeployment)]
  const known = needs.map(({ image, digests }) => [readImageName(image).digest, ...digests].filter(isKnown))
  const byName = needs.filter((_need, index) => known[index]?.length === 0)
  return {
    digests: new Set(known.flat()),
    references: new Set(byName.map(({ image }) => referenceOf(image))),
  }
}

function needsOfTask({ containers }: Task): Need[] {
  return containers.map(({ definition, deployedDigest, ownImage, imageDigest }) => ({
    image: definition.image,
    digests: [deployedDigest, ownImage?.digest, imageDigest],
  }))
}

function needsOfDeployment({ content, digests = {} }: Deployment): Need[] {
  return content.containerDefinitions.map(({ name = '', image = '' }) => ({
    image,
    digests: [digests[name]],
  }))
}

function isKnown(digest: string | undefined): digest is string {
  return digest !== undefined && digest !== ''
}
