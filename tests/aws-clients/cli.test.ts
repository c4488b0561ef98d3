import { afterAll, beforeAll, describe, expect } from 'vitest'
import { bothAwsClis } from '../support/aws-cli.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { fillRepository } from '../support/fill-repository.ts'
import { testUnless, testWith } from '../support/installed-programs.ts'
import { openShell, type Shell } from '../support/shell.ts'

describe.each(await bothAwsClis())('aws CLI version $major', ({ major, aws }) => {
  const test = aws ? testWith('curl') : testUnless(`aws CLI version ${major} not installed`)
  let berth: BerthProcess
  let shell: Shell
  let digests: string[]

  beforeAll(async () => {
    if (!aws) return
    berth = await startBerthProcess()
    shell = await openShell({ berth, aws })
    const ecr = await ecrClientOf(berth)
    digests = await fillRepository(ecr, await logIn(berth, ecr), 'team/app', 5)
  })
  afterAll(async () => {
    await shell?.[Symbol.asyncDispose]()
    await berth?.[Symbol.asyncDispose]()
  })

  test('list-images gathers small pages into one list', async () => {
    const tags = await shell.type(
      "aws ecr list-images --repository-name team/app --page-size 2 --query 'imageIds[].imageTag' --output text",
    )
    expect(tags.split(/\s/).toSorted()).toEqual(['v0', 'v1', 'v2', 'v3', 'v4'])
  })

  test('describe-images stops after --max-items and goes on from its token', async () => {
    const describe = 'aws ecr describe-images --repository-name team/app --max-items 3'
    const first = JSON.parse(await shell.type(describe))
    const rest = JSON.parse(await shell.type(`${describe} --starting-token ${first.NextToken}`))
    const all = [...first.imageDetails, ...rest.imageDetails]
    expect(first.imageDetails).toHaveLength(3)
    expect(all.map(({ imageDigest }) => imageDigest).toSorted()).toEqual(digests.toSorted())
    expect(rest.NextToken).toBeUndefined()
  })

  test('a repository that is not there is named in the error', async () => {
    const { exitCode, stderr } = await shell.try('aws ecr describe-images --repository-name team/none')
    expect(stderr.trim()).toBe(
      "An error occurred (RepositoryNotFoundException) when calling the DescribeImages operation: The repository with name 'team/none' does not exist in the registry with id '000000000000'",
    )
    expect(exitCode).toBe(major === 1 ? 255 : 254)
  })

  test('an image that is not there is named in the error', async () => {
    const ids = '--image-ids imageTag=never'
    const { stderr } = await shell.try(`aws ecr describe-images --repository-name team/app ${ids}`)
    expect(stderr).toContain(
      "(ImageNotFoundException) when calling the DescribeImages operation: The image with imageId {imageDigest:'null', imageTag:'never'} does not exist within the repository with name 'team/app' in the registry with id '000000000000'",
    )
  })

  test('a name that ECR would not take is refused with the pattern', async () => {
    const { stderr } = await shell.try('aws ecr create-repository --repository-name Team/App')
    expect(stderr).toContain(
      "(InvalidParameterException) when calling the CreateRepository operation: Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''",
    )
  })

  test('a wrong secret key is refused in the words of AWS', async () => {
    const { stderr } = await shell.try('AWS_SECRET_ACCESS_KEY=wrong aws ecr describe-repositories')
    expect(stderr).toContain(
      '(InvalidSignatureException) when calling the DescribeRepositories operation: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    )
  })

  for (const key of ['AKIAIOSFODNN7EXAMPLE', 'test']) {
    test(`the unknown access key ${key} is refused in the words of AWS`, async () => {
      const keys = `AWS_ACCESS_KEY_ID=${key} AWS_SECRET_ACCESS_KEY=test`
      const { stderr } = await shell.try(`${keys} aws ecr describe-repositories`)
      expect(stderr).toContain(
        '(UnrecognizedClientException) when calling the DescribeRepositories operation: The security token included in the request is invalid.',
      )
    })
  }

  test('batch-delete-image deletes what is there and reports the rest', async () => {
    const ids = 'imageTag=v4 imageTag=never'
    const answer = await shell.type(
      `aws ecr batch-delete-image --repository-name team/app --image-ids ${ids}`,
    )
    expect(JSON.parse(answer)).toEqual({
      imageIds: [{ imageDigest: digests[4], imageTag: 'v4' }],
      failures: [
        {
          imageId: { imageTag: 'never' },
          failureCode: 'ImageNotFound',
          failureReason: 'Requested image not found',
        },
      ],
    })
  })

  test('curl fetches a layer from its download URL without any credentials', async () => {
    const layer = await shell.type(
      "aws ecr batch-get-image --repository-name team/app --image-ids imageTag=v0 --query 'images[0].imageManifest' --output text",
    )
    const { digest } = JSON.parse(layer).layers[0]
    const url = `aws ecr get-download-url-for-layer --repository-name team/app --layer-digest ${digest} --query downloadUrl --output text`
    await shell.type(`curl --silent --fail --output layer "$(${url})"`)
    expect(`sha256:${(await shell.type('sha256sum < layer')).slice(0, 64)}`).toBe(digest)
  })

  test('tags of a repository are put, listed and taken off', async () => {
    const arn = '--resource-arn arn:aws:ecr:us-east-1:000000000000:repository/team/app'
    await shell.type(`aws ecr tag-resource ${arn} --tags Key=team,Value=blue Key=stage,Value=test`)
    await shell.type(`aws ecr untag-resource ${arn} --tag-keys stage`)
    const { tags } = JSON.parse(await shell.type(`aws ecr list-tags-for-resource ${arn}`))
    expect(tags).toEqual([{ Key: 'team', Value: 'blue' }])
  })

  test('sts get-caller-identity tells the root of the account', async () => {
    const identity = JSON.parse(await shell.type('aws sts get-caller-identity'))
    expect(identity).toEqual({
      UserId: '000000000000',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    })
  })

  test('a repository that holds images is deleted only by force', async () => {
    const { stderr } = await shell.try('aws ecr delete-repository --repository-name team/app')
    expect(stderr).toContain(
      "(RepositoryNotEmptyException) when calling the DeleteRepository operation: The repository with name 'team/app' in registry with id '000000000000' cannot be deleted because it still contains images",
    )
    await shell.type('aws ecr delete-repository --repository-name team/app --force')
    expect(JSON.parse(await shell.type('aws ecr describe-repositories'))).toEqual({ repositories: [] })
  })
})
