import { InvalidParameterError } from '../../core/errors.ts'

/**
 * What a request names one by one is answered whole: naming and paging exclude each other.
 *
 * @param member the member that names, such as `imageIds`
 * @throws InvalidParameterError at `nextToken` or `maxResults`
 * @see Amazon ECR API reference, DescribeImages, nextToken and maxResults
 */
export function refusePaging(
  member: string,
  { nextToken, maxResults }: { readonly nextToken?: string; readonly maxResults?: number },
): void {
  const constraint = `Member must be null when ${member} is specified`
  if (nextToken !== undefined) throw new InvalidParameterError('nextToken', constraint)
  if (maxResults !== undefined) throw new InvalidParameterError('maxResults', constraint)
}
