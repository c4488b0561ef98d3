import type { NetworkConfiguration } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { NetworkMode } from '../../core/ecs/task-definition.ts'
import type { Checked } from '../checked.ts'

const subnetId = /^subnet-[0-9A-Za-z]{1,40}$/

/**
 * The subnet whose network a task's interface is to be on; undefined in network modes without an interface. Of several the first, since all
 * are on the one machine.
 *
 * @throws EcsInvalidParameterError in ECS's words where it is missing or out of place, and for what Berth's networks don't have: security
 * groups and public addresses
 * @see Amazon ECS API reference, AwsVpcConfiguration
 */
export function requestedSubnet(
  configuration: Checked<NetworkConfiguration> | undefined,
  mode: NetworkMode | undefined,
): string | undefined {
  const given = configuration?.awsvpcConfiguration
  if (mode !== 'awsvpc') {
    if (given === undefined) return undefined
    refuse('Network Configuration is not valid for the given networkMode of this task definition.')
  }
  if (given === undefined) {
    refuse("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  }
  const { subnets, securityGroups = [], assignPublicIp = 'DISABLED' } = given
  if (subnets.length === 0) refuse('subnets can not be empty.')
  if (subnets.length > 16) refuse('subnets can have at most 16 items.')
  const unknown = subnets.find((subnet) => !subnetId.test(subnet))
  if (unknown !== undefined) refuse(`The subnet ID '${unknown}' is not valid.`)
  if (securityGroups.length > 0) {
    refuse(
      "Berth's networks have no security groups; leave 'securityGroups' out. Tasks of one subnet reach each other, and no others.",
    )
  }
  if (assignPublicIp !== 'DISABLED') {
    refuse(
      "Berth's networks have no public addresses; leave 'assignPublicIp' out. The engine's machine reaches a task at its private address.",
    )
  }
  return subnets[0]
}

function refuse(message: string): never {
  throw new EcsInvalidParameterError(message)
}
