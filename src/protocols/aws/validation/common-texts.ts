import { InvalidRequestError } from '../../../core/errors.ts'
import { RefusalError } from '../refusal.ts'
import type { Breach, Constraint } from './breach.ts'

/**
 * How most AWS services word constraint breaches: all of them in one sentence, `2 validation errors detected: Value 'x' at
 * 'roleArn' failed to satisfy constraint: Member must ...; Value ...`. Undefined when there is none.
 */
export function explainAsCommon(breaches: Iterable<Breach>): RefusalError | undefined {
  const text = describeBreaches(breaches)
  return text === undefined ? undefined : new RefusalError('invalid-input', text)
}

/** The same words, which CloudWatch Logs calls an InvalidParameterException. */
export function explainAsLogs(breaches: Iterable<Breach>): InvalidRequestError | undefined {
  const text = describeBreaches(breaches)
  return text === undefined ? undefined : new InvalidRequestError(text)
}

function describeBreaches(breaches: Iterable<Breach>): string | undefined {
  const texts = Array.from(breaches, describeBreach)
  if (texts.length === 0) return undefined
  const noun = texts.length === 1 ? '1 validation error' : `${texts.length} validation errors`
  return `${noun} detected: ${texts.join('; ')}`
}

function describeBreach({ path, value, constraint, sensitive }: Breach): string {
  const shown = sensitive ? 'Value' : `Value ${value === null ? 'null' : `'${spell(value)}'`}`
  const where = path.map(lowerFirst).join('.')
  return `${shown} at '${where}' failed to satisfy constraint: Member must ${describe(constraint)}`
}

function describe(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'required':
      return 'not be null'
    case 'min-length':
      return `have length greater than or equal to ${constraint.limit}`
    case 'max-length':
      return `have length less than or equal to ${constraint.limit}`
    case 'min-value':
      return `have value greater than or equal to ${constraint.limit}`
    case 'max-value':
      return `have value less than or equal to ${constraint.limit}`
    case 'pattern':
      return `satisfy regular expression pattern: ${constraint.source}`
    case 'enum':
      return `satisfy enum value set: [${constraint.values.join(', ')}]`
  }
}

function spell(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
