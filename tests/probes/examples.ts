import { type RawModel, shapeOf } from './raw-model.ts'

/** What is there for requests to mean; everything else they name is not. */
export interface Targets {
  readonly account: string
  readonly region: string
  readonly repository: string
  readonly tag: string
  readonly imageDigest: string
  readonly layerDigest: string
  readonly manifest: string
}

/** A policy that any registry or repository may have. */
export const policyText = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'pull', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
})

/** A lifecycle policy that expires nothing here. */
export const lifecycleText = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 1_000 },
      action: { type: 'expire' },
    },
  ],
})

/** A value of each text shape that a client could really send, by the shape's name. */
export function textExamples(targets: Targets): Readonly<Record<string, string>> {
  const { account, region, repository } = targets
  return {
    AccountSettingName: 'BLOB_MOUNTING',
    AccountSettingValue: 'ENABLED',
    Arn: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
    ArtifactType: 'application/spdx+json',
    BatchedOperationLayerDigest: targets.layerDigest,
    CredentialArn: `arn:aws:secretsmanager:${region}:${account}:secret:ecr-pullthroughcache/upstream-AbCdEf`,
    CustomRoleArn: `arn:aws:iam::${account}:role/importer`,
    ImageDigest: targets.imageDigest,
    ImageManifest: targets.manifest,
    ImageTag: targets.tag,
    ImageTagMutabilityExclusionFilterValue: 'dev-*',
    KmsKey: `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    KmsKeyForRepositoryCreationTemplate: '',
    LayerDigest: targets.layerDigest,
    LifecyclePolicyText: lifecycleText,
    LifecyclePolicyTextForRepositoryCreationTemplate: lifecycleText,
    MediaType: 'application/vnd.oci.image.manifest.v1+json',
    NextToken: 'not-a-token',
    Prefix: 'probe',
    PrincipalArn: `arn:aws:iam::${account}:role/scanner`,
    PullThroughCacheRuleRepositoryPrefix: 'cached',
    Region: 'eu-west-1',
    RegistryId: account,
    RegistryPolicyText: policyText,
    RepositoryFilterValue: 'probe',
    RepositoryName: repository,
    RepositoryPolicyText: policyText,
    RepositoryTemplateDescription: 'made by a probe',
    ScanningRepositoryFilterValue: 'probe*',
    SigningProfileArn: `arn:aws:signer:${region}:${account}:/signing-profiles/probe_profile`,
    SigningRepositoryFilterValue: 'probe/*',
    TagKey: 'team',
    TagValue: 'harbour',
    UploadId: '01234567-89ab-cdef-0123-456789abcdef',
    Url: 'public.ecr.aws',
  }
}

/** A value of a shape with all its members, made of the examples. */
export function exampleOf(model: RawModel, name: string, texts: Readonly<Record<string, string>>): unknown {
  const shape = shapeOf(model, name)
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([key, member]) => [
          key,
          exampleOf(model, member.shape, texts),
        ]),
      )
    case 'list':
      return [exampleOf(model, shape.member?.shape ?? '', texts)]
    case 'map':
      return { [texts.TagKey ?? 'key']: exampleOf(model, shape.value?.shape ?? '', texts) }
    case 'boolean':
      return false
    case 'blob':
      return Buffer.from('part of a layer').toString('base64')
    case 'integer':
    case 'long':
      return shape.min ?? 0
    default:
      return exampleText(name, shape.enum, texts)
  }
}

/** @throws RangeError for a text shape without an example, so that a new model brings one */
function exampleText(
  name: string,
  values: readonly string[] | undefined,
  texts: Readonly<Record<string, string>>,
): string {
  const text = texts[name] ?? values?.[0]
  if (text === undefined) throw new RangeError(`There is no example of ${name}`)
  return text
}
