import { Command, InvalidArgumentError, Option } from 'commander'
import { durationMs, isDuration } from '../../src/config/duration.ts'
import { isLoopbackUrl } from '../../src/config/host-names.ts'
import type { BerthOperations, Robot } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { readPages } from '../read-pages.ts'
import { dockerConfig, kubernetesSecret, type RobotLogin } from '../robot-login-forms.ts'
import { facts, table } from '../table.ts'

const description = `
A robot is a login for a machine: for CI, for a cluster. It can do what whoever makes it may, for as long as they may, and no more than
you give it here. Its user name is always \`robot\`; its password is shown once and good for image clients alone, not for the aws CLI.`

const createExamples = `
Actions are pull, push (which includes pull), create (repositories come to be by a push, as templates say) and delete (of images).

Examples:
  berth robot create ci --allow push --repository 'team-a/*' --expires 90d
  berth robot create ci --allow push --repository team-a/app --print password | docker login -u robot --password-stdin HOST
  berth robot create cluster --allow pull --repository '*' --print kubernetes --secret-name berth | kubectl apply -f -`

const mostRobots = 1_000
const actions = ['pull', 'push', 'create', 'delete'] as const
const forms = ['text', 'password', 'docker-config', 'kubernetes'] as const

interface CreateFlags extends ClientFlags {
  readonly allow: Robot['actions']
  readonly repository: readonly string[]
  readonly expires?: Date
  readonly print: (typeof forms)[number]
  readonly secretName: string
  readonly namespace?: string
}

type CreatedRobot = BerthOperations['CreateRobot']['output']

/** `berth robot`: logins for machines. */
export function robotCommand(): Command {
  return new Command('robot')
    .description('make, list or revoke logins for CI and clusters')
    .addHelpText('after', description)
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

function createCommand(): Command {
  return clientCommand('create', 'make a robot; its password is shown this once')
    .argument('<name>', 'lower-case letters, digits and . _ -')
    .addOption(new Option('--allow <actions...>', 'what it may do').choices(actions).makeOptionMandatory())
    .requiredOption('--repository <names...>', "where: names, or beginnings with a * behind: 'team-a/*'")
    .option(
      '--expires <when>',
      'a time from now (90d, 12h) or a date (2027-01-31); never unless told',
      readEnd,
    )
    .addOption(new Option('--print <form>', 'how its login is printed').choices(forms).default('text'))
    .option('--secret-name <name>', 'for --print kubernetes', readKubernetesName, 'berth')
    .option('--namespace <name>', 'for --print kubernetes', readKubernetesName)
    .addHelpText('after', createExamples)
    .action(async (robotName: string, flags: CreateFlags) => {
      const client = await connect(flags)
      const created = await client.call('CreateRobot', {
        robotName,
        actions: flags.allow,
        repositories: flags.repository,
        expiresAt: flags.expires,
      })
      print(flags, created, (robot) => printed(robot, flags))
      if (flags.print === 'kubernetes' && isOfThisMachine(created)) process.stderr.write(outOfReach(created))
    })
}

function listCommand(): Command {
  return clientCommand('list', 'list the robots of the registry').action(async (flags: ClientFlags) => {
    const client = await connect(flags)
    const { rows } = await readPages<Robot>(mostRobots, async (page) => {
      const { robots, nextToken } = await client.call('ListRobots', page)
      return { rows: robots, nextToken }
    })
    print(flags, rows, describeRobots)
  })
}

function revokeCommand(): Command {
  return clientCommand('revoke', 'take the login of a robot back for good')
    .argument('<name>', 'as `berth robot list` names it')
    .action(async (robotName: string, flags: ClientFlags) => {
      const client = await connect(flags)
      const answer = await client.call('RevokeRobot', { robotName })
      print(flags, answer, () => `The password of ${robotName} is good for nothing any more\n`)
    })
}

function readEnd(text: string): Date {
  if (isDuration(text)) return new Date(Date.now() + durationMs(text))
  const end = new Date(/^\d{4}-\d\d-\d\d(T.+)?$/.test(text) ? text : Number.NaN)
  if (!Number.isNaN(end.getTime())) return end
  throw new InvalidArgumentError('It is a time such as 12h or 90d, or a date such as 2027-01-31.')
}

function readKubernetesName(text: string): string {
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(text)) return text
  throw new InvalidArgumentError('It is a name of lower-case letters, digits, - and .')
}

function isOfThisMachine({ registryHost }: CreatedRobot): boolean {
  return isLoopbackUrl(`http://${registryHost}`)
}

function outOfReach({ registryHost }: CreatedRobot): string {
  return `berth: No node of a cluster finds this Berth at ${registryHost}: start it with --registry-host and a name they know\n`
}

function printed(created: CreatedRobot, { print: form, secretName, namespace }: CreateFlags): string {
  const login: RobotLogin = { host: created.registryHost, ...created }
  if (form === 'password') return `${created.password}\n`
  if (form === 'docker-config') return dockerConfig(login)
  if (form === 'kubernetes') return kubernetesSecret(login, { name: secretName, namespace })
  return describeCreated(created)
}

function describeCreated({ robot, userName, password, registryHost }: CreatedRobot): string {
  const login = `  docker login --username ${userName} --password-stdin ${registryHost}`
  const known = facts([
    ['Robot', robot.robotName],
    ['May', `${robot.actions.join(', ')} in ${robot.repositories.join(', ')}`],
    ['Until', robot.expiresAt ? formatTime(robot.expiresAt) : 'it is revoked'],
    ['Password', password],
  ])
  return `${known}\nThe password is shown this once. To log in with it:\n\n${login}\n`
}

function describeRobots(robots: readonly Robot[]): string {
  if (robots.length === 0) return 'There is no robot; `berth robot create` makes one\n'
  const rows = robots.map((robot) => [
    robot.robotName,
    robot.actions.join(','),
    robot.repositories.join(','),
    robot.expiresAt ? formatTime(robot.expiresAt) : 'never',
    robot.lastUsedAt ? formatTime(robot.lastUsedAt) : 'never',
    robot.createdBy,
  ])
  return table(['ROBOT', 'MAY', 'REPOSITORIES', 'EXPIRES', 'LAST USED', 'MADE BY'], rows)
}
