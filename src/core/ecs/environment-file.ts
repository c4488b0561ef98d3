import type { KeyValue } from './container-definition.ts'

/** An object of S3, as IAM knows it and its bucket. */
export interface S3Object {
  readonly bucket: string
  readonly key: string
  readonly arn: string
  readonly bucketArn: string
}

/** The object that an ARN names, or undefined for any other text. @see Amazon S3 user guide, "Amazon S3 resources", bucket naming rules */
export function parseS3Object(text: string): S3Object | undefined {
  const [, bucketArn = '', bucket = '', key = ''] =
    /^(arn:aws:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]))\/(.{1,1024})$/.exec(text) ?? []
  return key === '' ? undefined : { bucket, key, arn: text, bucketArn }
}

/**
 * The variables of an environment file: a line each, of which the first `=` ends the name and all after it is the value, as it stands.
 * Comments, and lines that lack a name or a value, are passed over.
 *
 * @see Amazon ECS developer guide, "Pass environment variables to an Amazon ECS container", environment variable file
 */
export function readEnvironmentFile(text: string): readonly Required<KeyValue>[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name = '', value = ''] = /^([^=]+)=(.+)$/.exec(line) ?? []
    return name === '' || line.startsWith('#') ? [] : { name, value }
  })
}
