import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExplainedImage } from '../../src/services/berth/shapes.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatBytes, formatCount, formatTime } from '../format.ts'
import { parseImageReference } from '../image-reference.ts'
import { readPages } from '../read-pages.ts'
import { facts, table } from '../table.ts'

const examples = `
A policy file holds ECR's JSON. Berth adds the action {"type": "keep"}: no rule after it touches the images within its count; and expiry
by last pull: "countType": "sinceImagePulled" with {"type": "expire"}. What a policy deletes stands in \`berth history\` and can be
restored for a day (\`berth restore\`).

Examples:
  berth lifecycle team/app                           what the policy in force does with each image, and why
  berth lifecycle team/app --try policy.json         what another one would do; nothing is deleted
  berth lifecycle team/app --put policy.json         put it in force; it runs at once
  berth lifecycle team/app --expiring --json | jq -r '.[].imageDigest'
  berth lifecycle --protect-in-use on                whatever the policies, leave alone what tasks of ECS run`

type LifecycleFlags = ClientFlags & {
  readonly try?: string
  readonly put?: string
  readonly expiring?: boolean
  readonly protectInUse?: 'on' | 'off'
  readonly limit: number
}

type Row = ExplainedImage

/** `berth lifecycle`: what a lifecycle policy does with each image and why, and putting one in Berth's language. */
export function lifecycleCommand(): Command {
  return clientCommand('lifecycle', 'tell what a lifecycle policy does with each image, and why')
    .argument('[repository]', 'the repository; without one, what holds for all policies')
    .option('--try <file>', 'tell it of the policy in this file instead of the one in force')
    .option('--put <file>', 'put the policy in this file in force')
    .option('--expiring', 'show only images that expire')
    .addOption(
      new Option('--protect-in-use <switch>', 'whether policies leave alone what tasks of ECS run').choices([
        'on',
        'off',
      ]),
    )
    .option('--limit <count>', 'how many images to look at, newest first', readCount, 1_000_000)
    .addHelpText('after', examples)
    .action(async (name: string | undefined, flags: LifecycleFlags) => {
      const client = await connect(flags)
      if (flags.protectInUse !== undefined) await protectInUse(client, flags.protectInUse)
      if (name === undefined) return showSettings(client, flags)
      const { repositoryName } = parseImageReference(name)
      if (flags.put === undefined) await explain(client, repositoryName, flags)
      else await put(client, repositoryName, flags.put, flags)
    })
}

async function put(
  client: BerthClient,
  repositoryName: string,
  file: string,
  flags: LifecycleFlags,
): Promise<void> {
  const lifecyclePolicyText = await readPolicy(file)
  const answer = await client.call('PutLifecyclePolicy', { repositoryName, lifecyclePolicyText })
  print(flags, answer, () => `The policy of ${repositoryName} is in force and runs now.\n`)
}

async function protectInUse(client: BerthClient, to: 'on' | 'off'): Promise<void> {
  const imagesInUse = to === 'on' ? 'PROTECTED' : 'NOT_PROTECTED'
  await client.call('PutLifecycleSettings', { imagesInUse })
}

async function showSettings(client: BerthClient, flags: LifecycleFlags): Promise<void> {
  const settings = await client.call('GetLifecycleSettings', {})
  const isOn = settings.imagesInUse === 'PROTECTED'
  print(flags, settings, () => `Policies ${isOn ? 'leave alone' : 'may expire'} what tasks of ECS run.\n`)
}

async function explain(client: BerthClient, repositoryName: string, flags: LifecycleFlags): Promise<void> {
  const lifecyclePolicyText = flags.try === undefined ? undefined : await readPolicy(flags.try)
  const { rows, isAll } = await readPages(flags.limit, async (page) => {
    const asked = { repositoryName, lifecyclePolicyText, ...page }
    const { images, nextToken } = await client.call('ExplainLifecyclePolicy', asked)
    return { rows: images, nextToken }
  })
  const shown = flags.expiring ? rows.filter(expires) : rows
  print(flags, shown, () => `${describeImages(shown)}\n${describeSum(rows)}`)
  if (!isAll) process.stderr.write(`berth: these are the newest ${flags.limit}; --limit shows more\n`)
}

function describeImages(rows: readonly Row[]): string {
  return table(
    ['PUSHED', 'IMAGE', 'TAGS', 'SIZE', 'OUTCOME', 'WHY'],
    rows.map((image) => [
      formatTime(image.imagePushedAt),
      image.imageDigest,
      image.imageTags.join(',') || '-',
      formatBytes(image.imageSizeInBytes),
      outcomeOf(image),
      whyOf(image),
    ]),
  )
}

function describeSum(rows: readonly Row[]): string {
  const expiring = rows.filter(expires)
  const bytes = expiring.reduce((sum, { imageSizeInBytes }) => sum + imageSizeInBytes, 0)
  return facts([
    ['Expire', `${expiring.length} of ${formatCount(rows.length, 'image')}`],
    ['Their size', `${formatBytes(bytes)}; layers that other images need stay on the disk`],
  ])
}

function expires({ outcome }: Row): boolean {
  return outcome === 'EXPIRE'
}

function outcomeOf({ outcome, imageStatus }: Row): string {
  return outcome === 'KEEP' && imageStatus === 'ARCHIVED' ? 'stays archived' : outcomes[outcome]
}

const outcomes: Readonly<Record<ExplainedImage['outcome'], string>> = {
  EXPIRE: 'expires',
  ARCHIVE: 'goes to the archive',
  KEEP: 'stays',
}

const reasons: Readonly<Record<ExplainedImage['reason'], (rule: string, image: Row) => string>> = {
  BEYOND_COUNT: (rule, { outcome }) => `${rule} ${outcome === 'ARCHIVE' ? 'archives' : 'expires'} it`,
  WITHIN_COUNT: (rule, { dueAt }) =>
    `${rule} selects it, and it is ${dueAt === undefined ? 'within the count' : 'young enough'}`,
  KEEP_RULE: (rule) => `${rule} keeps it`,
  NO_RULE: () => 'no rule selects it',
  LISTED_BY_INDEX: () => 'an index lists it',
  LISTED_BY_ARCHIVED_INDEX: () => 'an archived index lists it',
  BELONGS_TO_SUBJECT: () => 'it belongs to an image that is here or was until a day ago',
  USED_BY_TASK: () => 'a running task uses it',
}

/** One sentence; what follows a semicolon is what might surprise. */
function whyOf(image: Row): string {
  const { reason, rulePriority, dueAt, heldBackRulePriorities: heldBack } = image
  const why = reasons[reason](`rule ${rulePriority ?? '-'}`, image)
  const until = dueAt === undefined ? '' : ` until ${formatTime(dueAt)}`
  const rules = heldBack.length === 1 ? 'rule' : 'rules'
  return `${why}${until}${heldBack.length === 0 ? '' : `; ${rules} ${heldBack.join(', ')} may not touch it`}`
}

async function readPolicy(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CliError(
      `The policy can't be read: ${file}`,
      'Name a file with the JSON of a lifecycle policy.',
      {
        cause,
      },
    )
  }
}

function readCount(text: string): number {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
