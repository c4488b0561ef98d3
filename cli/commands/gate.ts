import { Command, Option } from 'commander'
import type { BerthOperations, GateSeverity } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'

const gateSeverities: readonly GateSeverity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']

const help = `
A gate keeps images from being pulled in which scans have found something of a severity or a worse one, and images of which no scan tells
anything. The refusal names the vulnerabilities. What is accepted (\`berth findings accept\`) doesn't count.

Examples:
  berth gate set team/app --severity CRITICAL
  berth gate set team/app --severity HIGH --unscanned allow
  berth gate set team/app --severity HIGH --except arn:aws:iam::000000000000:role/break-glass
  berth gate off team/app`

/** `berth gate`: which images can't be pulled. */
export function gateCommand(): Command {
  return new Command('gate')
    .description('keep images with vulnerabilities from being pulled')
    .addHelpText('after', help)
    .addCommand(setCommand())
    .addCommand(showCommand())
    .addCommand(offCommand())
}

interface SetFlags extends ClientFlags {
  readonly severity: GateSeverity
  readonly unscanned: 'allow' | 'refuse'
  readonly except?: readonly string[]
}

function setCommand(): Command {
  return clientCommand('set', 'set the gate of a repository')
    .argument('<repository>', 'its name')
    .addOption(
      new Option('--severity <severity>', 'stop this severity and worse ones')
        .choices(gateSeverities)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--unscanned <what>', 'what becomes of images that were not scanned')
        .choices(['allow', 'refuse'])
        .default('refuse'),
    )
    .option(
      '--except <arn...>',
      'who can pull whatever the gate stops, with * and ?; a role stands for its sessions',
    )
    .action(async (repositoryName: string, { severity, unscanned, except, ...flags }: SetFlags) => {
      const client = await connect(flags)
      const gate = await client.call('PutPullGate', {
        repositoryName,
        severity,
        unscannedImages: unscanned === 'allow' ? 'ALLOW' : 'REFUSE',
        exemptPrincipals: except,
      })
      print(flags, gate, describe)
    })
}

function showCommand(): Command {
  return clientCommand('show', 'tell the gate of a repository')
    .argument('<repository>', 'its name')
    .action(async (repositoryName: string, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('DescribePullGate', { repositoryName }), describe)
    })
}

function offCommand(): Command {
  return clientCommand('off', 'let all images of a repository be pulled')
    .argument('<repository>', 'its name')
    .action(async (repositoryName: string, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('DeletePullGate', { repositoryName }), () => describe({}))
    })
}

function describe(gate: BerthOperations['DescribePullGate']['output']): string {
  const { severity, unscannedImages, exemptPrincipals = [] } = gate
  if (severity === undefined) return 'Every image can be pulled.\n'
  const unscanned = unscannedImages === 'ALLOW' ? 'can be pulled' : "can't be pulled either"
  const exemption = exemptPrincipals.length === 0 ? '' : `It doesn't stop ${exemptPrincipals.join(', ')}.\n`
  return `Images with findings of severity ${severity} or worse can't be pulled; images that were not scanned ${unscanned}.\n${exemption}`
}
