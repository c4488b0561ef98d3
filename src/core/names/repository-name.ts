import type { Brand } from '../brand.ts'
import { InvalidParameterError } from '../errors.ts'

/** The path of a repository inside its registry, such as `team/app`: 2 to 256 characters. */
export type RepositoryName = Brand<string, 'RepositoryName'>

const component = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*'
const expression = `${component}(/${component})*`
// The same language without ambiguity, so that no input makes the engine backtrack.
const linear = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/

export function isRepositoryName(text: string): text is RepositoryName {
  return text.length >= 2 && text.length <= 256 && linear.test(text)
}

/**
 * Reads a repository name, with ECR's text for each way it can be wrong.
 *
 * @throws InvalidParameterError at `repositoryName`
 * @see Amazon ECR API reference, CreateRepository, repositoryName
 */
export function parseRepositoryName(text: string): RepositoryName {
  if (isRepositoryName(text)) return text
  throw new InvalidParameterError('repositoryName', whatIsWrong(text))
}

function whatIsWrong(text: string): string {
  if (text.length < 2) return 'Member must have length greater than or equal to 2'
  if (text.length > 256) return 'Member must have length less than or equal to 256'
  return `must satisfy regular expression '${expression}'`
}
