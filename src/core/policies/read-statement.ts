import { compileArnPattern } from './arn-pattern.ts'
import { readConditions } from './conditions/read-conditions.ts'
import { type JsonObject, readObject, readTexts, syntaxError } from './json-members.ts'
import type { PolicyKind } from './parse-policy.ts'
import type { ActionPatterns, Principals, ResourcePatterns, Statement } from './policy-document.ts'
import { PolicyDocumentError } from './policy-document-error.ts'
import { readKeys } from './read-keys.ts'
import { readPrincipals } from './read-principals.ts'
import { isFilled, readTemplate } from './template.ts'

interface Reading {
  readonly kind: PolicyKind
  /** Whether `${...}` is a variable, as it is from version 2012-10-17 on. */
  readonly variables: boolean
}

const members = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]
const actionPattern = /^(?:\*|[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?]+)$/

/** Reads one statement. @throws PolicyDocumentError */
export function readStatement(value: unknown, reading: Reading): Statement {
  const statement = readObject(value, members)
  const { Sid: sid, Effect: effect, Condition: condition = {} } = statement
  if (sid !== undefined && typeof sid !== 'string') throw new PolicyDocumentError(syntaxError)
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyDocumentError(syntaxError)
  return {
    sid,
    effect,
    principals: principalsOf(statement, reading),
    actions: actionsOf(statement),
    resources: resourcesOf(statement, reading),
    conditions: readConditions(condition, reading),
    keys: readKeys(statement, reading),
  }
}

function principalsOf(statement: JsonObject, { kind }: Reading): Principals | undefined {
  const given = oneOf(statement, 'Principal', 'NotPrincipal')
  if (kind === 'identity') {
    if (given) throw new PolicyDocumentError('Policy document should not specify a principal.')
    return undefined
  }
  if (!given) throw new PolicyDocumentError(syntaxError)
  return { negated: given.negated, named: readPrincipals(given.value) }
}

/** In lower case, since an action's case makes no difference. */
function actionsOf(statement: JsonObject): ActionPatterns {
  const given = oneOf(statement, 'Action', 'NotAction')
  if (!given) throw new PolicyDocumentError('Policy statement must contain actions.')
  const actions = readTexts(given.value)
  if (!actions.every((action) => actionPattern.test(action))) {
    throw new PolicyDocumentError(
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    )
  }
  const options = { wildcards: true, variables: false }
  return {
    negated: given.negated,
    patterns: actions.map((action) => readTemplate(action.toLowerCase(), options).filter(isFilled)),
  }
}

function resourcesOf(statement: JsonObject, { kind, variables }: Reading): ResourcePatterns | undefined {
  const given = oneOf(statement, 'Resource', 'NotResource')
  if (kind === 'trust') {
    if (given) throw new PolicyDocumentError('Has prohibited field Resource')
    return undefined
  }
  if (!given) {
    if (kind === 'resource') return undefined
    throw new PolicyDocumentError('Policy statement must contain resources.')
  }
  const resources = readTexts(given.value)
  const stray = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'))
  if (stray !== undefined) throw new PolicyDocumentError(`Resource ${stray} must be in ARN format or "*".`)
  const options = { wildcards: true, variables }
  const patterns = resources.map((resource) => compileArnPattern(readTemplate(resource, options)))
  return { negated: given.negated, patterns }
}

/** One of two members, of which only one may be there. */
function oneOf(statement: JsonObject, name: string, negatedName: string) {
  const [value, negated] = [statement[name], statement[negatedName]]
  if (value !== undefined && negated !== undefined) throw new PolicyDocumentError(syntaxError)
  if (value !== undefined) return { negated: false, value }
  return negated === undefined ? undefined : { negated: true, value: negated }
}
