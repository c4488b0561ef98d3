import { parseJsonPath, valueAt } from './json-path.ts'

/** What a template can name without a path of its own. */
export interface TemplateContext {
  readonly event: Readonly<Record<string, unknown>>
  readonly ruleArn: string
  readonly ruleName: string
  readonly ingestedAt: Date
}

const placeholder = /<([A-Za-z0-9_.-]+)>/g

const predefined: ReadonlyMap<string, (context: TemplateContext) => unknown> = new Map<
  string,
  (context: TemplateContext) => unknown
>([
  ['aws.events.rule-arn', ({ ruleArn }) => ruleArn],
  ['aws.events.rule-name', ({ ruleName }) => ruleName],
  ['aws.events.event.ingestion-time', ({ ingestedAt }) => ingestedAt.toISOString()],
  ['aws.events.event.json', ({ event }) => event],
  ['aws.events.event', ({ event }) => withoutDetail(event)],
])

function withoutDetail(event: Readonly<Record<string, unknown>>): object {
  const { detail: _, 'detail-type': detailType, ...rest } = event
  return { ...rest, detailType }
}

/** A name that a template uses and nothing defines; undefined when there is none. */
export function unknownPlaceholder(
  template: string,
  paths: Readonly<Record<string, string>>,
): string | undefined {
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (!predefined.has(name) && !Object.hasOwn(paths, name)) return name
  }
  return undefined
}

/**
 * Fills a template in. In a JSON template a name that stands by itself becomes the JSON of its value; within quotes, and in a template that
 * is text, it becomes the plain value. What isn't there is empty. Undefined when a JSON template comes to no JSON: then nothing is sent.
 *
 * @see Amazon EventBridge user guide, "Input transformation"
 */
export function fillTemplate(
  template: string,
  paths: Readonly<Record<string, string>>,
  context: TemplateContext,
): string | undefined {
  const read = (name: string): unknown => {
    const known = predefined.get(name)
    if (known !== undefined) return known(context)
    const path = parseJsonPath(paths[name] ?? '')
    return path && valueAt(path, context.event)
  }
  const isJson = /^[{[]/.test(template.trim())
  if (!isJson) return unescapeNewlines(fillPlainly(template, read))
  return compactJson(fillJson(template, read))
}

function fillPlainly(template: string, read: (name: string) => unknown): string {
  return template.replace(placeholder, (_, name: string) => plainText(read(name)))
}

/** Walks over the template's strings, so that it knows which names stand within quotes. */
function fillJson(template: string, read: (name: string) => unknown): string {
  return template.replace(/"(?:[^"\\]|\\.)*"|<([A-Za-z0-9_.-]+)>/g, (match, name: string | undefined) => {
    if (name === undefined) return match.replace(placeholder, (_, inner: string) => plainJson(read(inner)))
    const value = read(name)
    return value === undefined ? '""' : JSON.stringify(value)
  })
}

/** A text as it is; the rest as JSON. */
function plainJson(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** As `plainJson`, without the quotes of objects and lists. */
function plainText(value: unknown): string {
  return typeof value === 'string' ? value : plainJson(value).replaceAll('"', '')
}

function unescapeNewlines(text: string): string {
  return text.replaceAll('\\n', '\n')
}

function compactJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return undefined
  }
}
