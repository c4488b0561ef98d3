import { InvalidParameterError } from '../errors.ts'
import { isAccountId } from '../names/account-id.ts'
import { rootArn } from '../names/arn.ts'
import { isObject, type JsonObject } from './json-members.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyDocument } from './policy-document.ts'
import { PolicyDocumentError } from './policy-document-error.ts'
import { printPolicy } from './print-policy.ts'

/** A policy of a repository or a registry: ready to be asked, and its text as ECR gives it back. */
export interface ResourcePolicy {
  readonly document: PolicyDocument
  readonly text: string
}

/** What such a policy may say beyond the language. */
export interface ResourcePolicyRules {
  /** What ECR calls it when it refuses one. */
  readonly kind: 'repository' | 'registry'
  readonly allowsAction: (action: string) => boolean
  /** Whether each statement has to name its resources. */
  readonly needsResource: boolean
}

/**
 * Reads a policy for a resource of ECR. An account's id among its principals becomes the ARN of the account.
 *
 * @throws InvalidParameterError at `PolicyText`, which says no more than that, as on AWS
 */
export function parseResourcePolicy(text: string, rules: ResourcePolicyRules): ResourcePolicy {
  const document = readOrRefuse(text, rules)
  const value: JsonObject = JSON.parse(text)
  const statements = [value.Statement].flat().filter(isObject)
  if (!statements.every((statement) => isPermitted(statement, rules))) throw refusal(rules)
  return { document, text: printPolicy({ ...value, Statement: statements.map(withRootArns) }) }
}

function readOrRefuse(text: string, rules: ResourcePolicyRules): PolicyDocument {
  try {
    return parsePolicy(text, 'resource')
  } catch (error) {
    if (error instanceof PolicyDocumentError) throw refusal(rules, error)
    throw error
  }
}

function refusal({ kind }: ResourcePolicyRules, cause?: PolicyDocumentError): InvalidParameterError {
  return new InvalidParameterError('PolicyText', `Invalid ${kind} policy provided`, { cause })
}

function isPermitted(statement: JsonObject, { allowsAction, needsResource }: ResourcePolicyRules): boolean {
  const { Action, NotAction, Resource, NotResource } = statement
  if (needsResource && Resource === undefined && NotResource === undefined) return false
  return [Action ?? NotAction].flat().every((action) => typeof action === 'string' && allowsAction(action))
}

function withRootArns(statement: JsonObject): JsonObject {
  const members = Object.entries(statement).map(([name, value]) =>
    name === 'Principal' || name === 'NotPrincipal' ? [name, rootArnsIn(value)] : [name, value],
  )
  return Object.fromEntries(members)
}

function rootArnsIn(principal: unknown): unknown {
  if (!isObject(principal) || principal.AWS === undefined) return principal
  return { ...principal, AWS: mapTexts(principal.AWS, (name) => (isAccountId(name) ? rootArn(name) : name)) }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change))
  return typeof value === 'string' ? change(value) : value
}
