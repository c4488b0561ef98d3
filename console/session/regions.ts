/** Regions offered to choose from; any other can be reached by a link or at the sign-in. */
export const offeredRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
  'ap-south-1',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
]

/** The region that a link names, such as `/console/repositories?region=eu-west-1`. */
export function regionOfLink(search: string): string | undefined {
  const region = new URLSearchParams(search).get('region') ?? ''
  return /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region) ? region : undefined
}
