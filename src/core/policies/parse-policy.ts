import { isObject, type JsonObject, readObject, syntaxError } from './json-members.ts'
import type { PolicyDocument } from './policy-document.ts'
import { PolicyDocumentError } from './policy-document-error.ts'
import { readStatement } from './read-statement.ts'

/** What a policy hangs on: an identity, a resource, or a role as its trust policy. */
export type PolicyKind = 'identity' | 'resource' | 'trust'

const versions = ['2008-10-17', '2012-10-17']

/**
 * Reads a policy's text.
 *
 * @throws PolicyDocumentError in IAM's words
 * @see IAM user guide, "Grammar of the IAM JSON policy language"
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  const document = readObject(parseJson(text, kind), ['Version', 'Id', 'Statement'])
  const version = document.Version ?? '2008-10-17'
  if (typeof version !== 'string' || !versions.includes(version)) {
    throw new PolicyDocumentError('Policy document must be version 2012-10-17 or greater.')
  }
  if (document.Id !== undefined && typeof document.Id !== 'string') throw new PolicyDocumentError(syntaxError)
  const variables = version === '2012-10-17'
  const statements = statementsOf(document).map((each) => readStatement(each, { kind, variables }))
  if (kind === 'identity') refuseRepeatedSids(statements.map(({ sid }) => sid))
  return { statements }
}

function parseJson(text: string, kind: PolicyKind): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PolicyDocumentError(kind === 'trust' ? 'This policy contains invalid Json' : syntaxError)
  }
}

function statementsOf({ Statement: statement }: JsonObject): readonly unknown[] {
  if (isObject(statement)) return [statement]
  if (Array.isArray(statement) && statement.length > 0) return statement
  throw new PolicyDocumentError(syntaxError)
}

function refuseRepeatedSids(sids: readonly (string | undefined)[]): void {
  const given = sids.filter((sid) => sid !== undefined && sid !== '')
  if (new Set(given).size === given.length) return
  throw new PolicyDocumentError('Statement IDs (SID) in a single policy must be unique.')
}
