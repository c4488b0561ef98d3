/** The target's id in rules that the console makes. */
export const targetId = 'redeploy'

/** A rule that a push of a tag matches: what `PutRule` is given to have the service deployed anew by it. */
export function redeployRule(service: string, of: { readonly repository: string; readonly tag: string }) {
  const pattern = {
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    detail: {
      'action-type': ['PUSH'],
      result: ['SUCCESS'],
      'repository-name': [of.repository],
      'image-tag': [of.tag],
    },
  }
  return {
    Name: `redeploy-${service}`.slice(0, 64),
    Description: `Deploys ${service} anew on a push of ${of.repository}:${of.tag}`,
    EventPattern: JSON.stringify(pattern),
  }
}
