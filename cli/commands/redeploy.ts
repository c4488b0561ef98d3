import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, print } from '../client-command.ts'
import { findConnection } from '../connection.ts'
import { parseImageReference } from '../image-reference.ts'
import {
  addRedeployment,
  listRedeployments,
  type Redeployment,
  removeRedeployment,
} from '../redeploy-rules.ts'
import { table } from '../table.ts'

const help = `
Each push of the tag has the service deploy anew what it runs, so that it takes the image that was pushed; name the tag in its task
definition. It is a rule of EventBridge with the service as its target, which \`aws events list-rules\` lists and \`berth events\` follows;
who makes it needs events:PutRule, events:PutTargets and ecs:UpdateService.

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

const changes = { on: addRedeployment, off: removeRedeployment }

function changeCommand(name: keyof typeof changes, description: string): Command {
  return clientCommand(name, description)
    .argument('<repository:tag>', 'what is pushed')
    .argument('<cluster/service>', 'what is deployed')
    .action(async (image: string, service: string, flags: ClientFlags) => {
      const redeployment = { ...readImage(image), ...readService(service) }
      await changes[name](await findConnection(flags), redeployment)
      const what = name === 'on' ? 'Each push' : 'No push'
      print(flags, redeployment, () => `${what} of ${image} redeploys ${service}.\n`)
    })
}

function listCommand(): Command {
  return clientCommand('list', 'list what redeploys what').action(async (flags: ClientFlags) => {
    const found = await listRedeployments(await findConnection(flags))
    const rows = found
      .map((words) => words.split(' ', 2))
      .map(([image = '', service = '']) => ({ image, service }))
    print(flags, rows, () => describe(rows))
  })
}

function describe(rows: readonly { readonly image: string; readonly service: string }[]): string {
  if (rows.length === 0) return 'No push redeploys a service. `berth ecs redeploy on` changes that.\n'
  return `${table(
    ['PUSH OF', 'REDEPLOYS'],
    rows.map(({ image, service }) => [image, service]),
  )}\n`
}

function readImage(text: string): Pick<Redeployment, 'repositoryName' | 'tag'> {
  const { repositoryName, tag } = parseImageReference(text)
  if (tag !== undefined) return { repositoryName, tag }
  throw new CliError(`This names no tag: ${text}`, 'It is like team/app:prod.')
}

function readService(text: string): Pick<Redeployment, 'cluster' | 'service'> {
  const [, cluster, service] = /^([^/]+)\/([^/]+)$/.exec(text) ?? []
  if (cluster !== undefined && service !== undefined) return { cluster, service }
  throw new CliError(`This names no service: ${text}`, 'It is like demo/web, a cluster and a service.')
}
