import type { Brand } from '../brand.ts'
import { InvalidParameterError } from '../errors.ts'

/** An image tag, such as `1.4` or `latest`. */
export type Tag = Brand<string, 'Tag'>

// The distribution spec's tag, which is also what Docker can ask for; ECR's own pattern is wider only in
// characters no client can push.
const pattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/

export function isTag(text: string): text is Tag {
  return pattern.test(text)
}

/** @throws InvalidParameterError at `imageTag`, in ECR's words. @see distribution spec, "Pulling manifests" */
export function parseTag(text: string): Tag {
  if (!isTag(text)) {
    throw new InvalidParameterError('imageTag', "must satisfy regular expression '[a-zA-Z0-9-_.]+'")
  }
  return text
}
