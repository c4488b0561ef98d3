import { InvalidParameterError } from '../../core/errors.ts'
import { parseRepositoryArn } from '../../core/names/arn.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { InvalidTagParameterError } from '../../core/repositories/errors.ts'
import type { Call } from '../service.ts'

/**
 * Reads the resource tags of a request.
 *
 * @throws InvalidTagParameterError when a key is given twice
 */
export function readResourceTags(
  tags: readonly { readonly Key: string; readonly Value: string }[] = [],
): ReadonlyMap<string, string> {
  const read = new Map<string, string>()
  for (const { Key, Value } of tags) {
    if (read.has(Key)) throw new InvalidTagParameterError(`The tag key '${Key}' is given more than once.`)
    read.set(Key, Value)
  }
  return read
}

/**
 * The repository that the `resourceArn` of a tag operation names; it must be one of the region the call is made in.
 *
 * @throws InvalidParameterError at `resourceArn`
 */
export function taggedRepository(
  { resourceArn }: { readonly resourceArn: string },
  call: Call,
): RepositoryKey {
  const repository = parseRepositoryArn(resourceArn)
  if (repository.region !== call.registry.region)
    throw new InvalidParameterError('resourceArn', 'Invalid ARN')
  return repository
}
