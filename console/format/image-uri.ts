import type { ImageDetail } from '@aws-sdk/client-ecr'

/** What `docker pull` takes for an image: by its first tag, or by its digest where it has none. */
export function imageUri(repositoryUri: string, { imageTags = [], imageDigest = '' }: ImageDetail): string {
  const [tag] = imageTags
  return tag === undefined ? `${repositoryUri}@${imageDigest}` : `${repositoryUri}:${tag}`
}
