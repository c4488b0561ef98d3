import { Command } from 'commander'
import type { Redeployment } from '../../src/services/berth/shapes.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { parseImageReference } from '../image-reference.ts'
import { table } from '../table.ts'

const help = `
Each push of the tag has the service deploy anew what it runs, so that it takes the image that was pushed; name the tag in its task
definition. It is a rule of EventBridge with the service as its target, which \`aws events list-rules\` lists and \`berth events\` follows;
who makes it needs berth:PutRedeployment, events:PutRule, events:PutTargets and ecs:UpdateService.

Examples:
  berth ecs redeploy on team/app:prod demo/web     the service web of the cluster demo
  berth ecs redeploy list
  berth ecs redeploy off team/app:prod demo/web`

/** `berth ecs redeploy`: which services are deployed anew by pushes. */
export function redeployCommand(): Command {
  return new Command('redeploy')
    .description('have pushes of a tag redeploy a service of ECS')
    .addHelpText('after', help)
    .addCommand(changeCommand('on', 'redeploy a service on each push of a tag'))
    .addCommand(listCommand())
    .addCommand(changeCommand('off', 'do so no longer'))
}

const changes = { on: 'PutRedeployment', off: 'DeleteRedeployment' } as const

function changeCommand(name: keyof typeof changes, description: string): Command {
  return clientCommand(name, description)
    .argument('<repository:tag>', 'what is pushed')
    .argument('<cluster/service>', 'what is deployed')
    .action(async (image: string, service: string, flags: ClientFlags) => {
      const redeployment = { ...readImage(image), ...readService(service) }
      const client = await connect(flags)
      await client.call(changes[name], redeployment)
      const what = name === 'on' ? 'Each push' : 'No push'
      print(flags, redeployment, () => `${what} of ${image} redeploys ${service}.\n`)
    })
}

function listCommand(): Command {
  return clientCommand('list', 'list what redeploys what').action(async (flags: ClientFlags) => {
    const client = await connect(flags)
    const { redeployments } = await client.call('ListRedeployments', {})
    print(flags, redeployments, describe)
  })
}

function describe(redeployments: readonly Redeployment[]): string {
  if (redeployments.length === 0)
    return 'No push redeploys a service. `berth ecs redeploy on` changes that.\n'
  return `${table(
    ['PUSH OF', 'REDEPLOYS', 'BY RULE'],
    redeployments.map(({ repositoryName, imageTag, cluster, serviceName, ruleName, enabled }) => [
      `${repositoryName}:${imageTag}`,
      `${cluster}/${serviceName}`,
      enabled ? ruleName : `${ruleName} (disabled)`,
    ]),
  )}\n`
}

function readImage(text: string): Pick<Redeployment, 'repositoryName' | 'imageTag'> {
  const { repositoryName, tag } = parseImageReference(text)
  if (tag !== undefined) return { repositoryName, imageTag: tag }
  throw new CliError(`This names no tag: ${text}`, 'It is like team/app:prod.')
}

function readService(text: string): Pick<Redeployment, 'cluster' | 'serviceName'> {
  const [, cluster, serviceName] = /^([^/]+)\/([^/]+)$/.exec(text) ?? []
  if (cluster !== undefined && serviceName !== undefined) return { cluster, serviceName }
  throw new CliError(`This names no service: ${text}`, 'It is like demo/web, a cluster and a service.')
}
