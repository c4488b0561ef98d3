import { InvalidParameterError } from '../errors.ts'

/** The refusal of a manifest; ECR has one text for everything its manifest schema doesn't allow. */
export function invalidManifest(constraint = 'Invalid JSON syntax'): InvalidParameterError {
  return new InvalidParameterError('ImageManifest', constraint)
}
