/** One of AWS's own policies: what it lets its holder do to what this server offers, in the language of policies. */
export interface AwsPolicy {
  readonly name: string
  /** `/` unless told. */
  readonly path?: string
  readonly description: string
  readonly statements: readonly object[]
}

/** Actions on everything. */
export function allow(...actions: readonly string[]) {
  return { Effect: 'Allow', Action: actions, Resource: '*' }
}

/** Making a service's own role in the account. */
export function allowServiceRole(...services: readonly string[]) {
  return {
    ...allow('iam:CreateServiceLinkedRole'),
    Condition: { StringLike: { 'iam:AWSServiceName': services } },
  }
}

/** Handing roles to a service. */
export function allowPassing(service: string) {
  return { ...allow('iam:PassRole'), Condition: { StringLike: { 'iam:PassedToService': service } } }
}
