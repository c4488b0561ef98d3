import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { policyText } from '../../src/core/lifecycle/testing/lifecycle-world.ts'
import { exportedBy } from '../support/berth-env.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { createClient } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { fillRepository } from '../support/fill-repository.ts'
import { installationsOf, testUnless } from '../support/installed-programs.ts'

/** A Python that has boto3; BERTH_TEST_PYTHON names one that isn't on the PATH. */
const python = [process.env.BERTH_TEST_PYTHON ?? '', ...installationsOf('python3')]
  .filter(Boolean)
  .find(hasBoto3)
const test = testUnless(python === undefined && 'boto3 not installed')

function hasBoto3(path: string): boolean {
  try {
    execFileSync(path, ['-c', 'import boto3'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('boto3', () => {
  let berth: BerthProcess
  let digests: string[]
  let env: Readonly<Record<string, string>>
  beforeAll(async () => {
    berth = await startBerthProcess()
    env = { ...(await exportedBy(berth)), AWS_CONFIG_FILE: '/dev/null' }
    const ecr = await ecrClientOf(berth)
    digests = await fillRepository(ecr, await logIn(berth, ecr), 'team/app', 5)
    ecr.destroy()
  })
  afterAll(() => berth?.[Symbol.asyncDispose]())

  /** Runs lines of Python that have the client `ecr`; gives what they print. */
  async function type(...lines: readonly string[]): Promise<unknown> {
    const script = ['import boto3, json', 'ecr = boto3.client("ecr")', ...lines].join('\n')
    return JSON.parse(await createClient(python ?? '', ['-c', script], env).output([]))
  }

  test('pages through images as its paginators do', async () => {
    const pages = await type(
      'paginator = ecr.get_paginator("list_images")',
      'pages = paginator.paginate(repositoryName="team/app", PaginationConfig={"PageSize": 2})',
      'print(json.dumps([[row["imageTag"] for row in page["imageIds"]] for page in pages]))',
    )
    expect(pages).toEqual([
      [expect.any(String), expect.any(String)],
      [expect.any(String), expect.any(String)],
      [expect.any(String)],
    ])
    expect((pages as string[][]).flat().toSorted()).toEqual(['v0', 'v1', 'v2', 'v3', 'v4'])
  })

  test('goes on where it was told to stop', async () => {
    const found = await type(
      'paginator = ecr.get_paginator("describe_images")',
      'first = paginator.paginate(repositoryName="team/app", PaginationConfig={"MaxItems": 3, "PageSize": 2}).build_full_result()',
      'config = {"StartingToken": first["NextToken"]}',
      'rest = paginator.paginate(repositoryName="team/app", PaginationConfig=config).build_full_result()',
      'print(json.dumps([[row["imageDigest"] for row in part["imageDetails"]] for part in (first, rest)]))',
    )
    expect((found as string[][]).map((part) => part.length)).toEqual([3, 2])
    expect((found as string[][]).flat().toSorted()).toEqual(digests.toSorted())
  })

  test('waits for a preview of a lifecycle policy', async () => {
    const policy = policyText({
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 4 },
    })
    const preview = await type(
      `policy = ${JSON.stringify(policy)}`,
      'ecr.start_lifecycle_policy_preview(repositoryName="team/app", lifecyclePolicyText=policy)',
      'waiter = ecr.get_waiter("lifecycle_policy_preview_complete")',
      'waiter.wait(repositoryName="team/app", WaiterConfig={"Delay": 1})',
      'answer = ecr.get_lifecycle_policy_preview(repositoryName="team/app")',
      'print(json.dumps([row["imageDigest"] for row in answer["previewResults"]]))',
    )
    expect(preview).toEqual([digests[0]])
  })

  test('raises the exceptions of the model, and reads times', async () => {
    const seen = await type(
      'try:',
      '  ecr.describe_images(repositoryName="team/none")',
      'except ecr.exceptions.RepositoryNotFoundException as error:',
      '  message = error.response["Error"]["Message"]',
      'row = ecr.describe_images(repositoryName="team/app")["imageDetails"][0]',
      'print(json.dumps([message, row["imagePushedAt"].year > 2000]))',
    )
    expect(seen).toEqual([
      "The repository with name 'team/none' does not exist in the registry with id '000000000000'",
      true,
    ])
  })
})
