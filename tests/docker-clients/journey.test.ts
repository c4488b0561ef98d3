import { afterAll, beforeAll, describe, expect } from 'vitest'
import { bothAwsClis } from '../support/aws-cli.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { testAsRootWith, testUnless } from '../support/installed-programs.ts'

const tags = ['dev1', 'dev2', 'dev3', 'dev4'] as const
describe.each(await bothAwsClis())(
  'the journey of the README with aws CLI version $major',
  ({ major, aws }) => {
    const test = aws
      ? testAsRootWith('dockerd', 'docker')
      : testUnless(`aws CLI version ${major} not installed`)
    const digests = new Map<string, string>()
    let desk: Desk
    let repository: string
    let idOfDev4: string

    beforeAll(async () => {
      if (aws === undefined) return
      desk = await openDesk(aws)
      repository = `${desk.berth.host}/aws-ecr-nginx`
    })
    afterAll(() => desk?.[Symbol.asyncDispose]())

    test('a repository is created', async () => {
      const answer = JSON.parse(await desk.type('aws ecr create-repository --repository-name aws-ecr-nginx'))
      expect(answer).toEqual({
        repository: {
          repositoryArn: 'arn:aws:ecr:us-east-1:000000000000:repository/aws-ecr-nginx',
          registryId: '000000000000',
          repositoryName: 'aws-ecr-nginx',
          repositoryUri: repository,
          createdAt: expect.anything(),
          imageTagMutability: 'MUTABLE',
          imageScanningConfiguration: { scanOnPush: false },
          encryptionConfiguration: { encryptionType: 'AES256' },
        },
      })
    })

    test('docker logs in with the password of get-login-password', async () => {
      const login = `docker login --username AWS --password-stdin ${desk.berth.host}`
      expect(await desk.type(`aws ecr get-login-password | ${login}`)).toContain('Login Succeeded')
    })

    if (major === 1) {
      test('docker logs in with the line that get-login prints', async () => {
        await desk.type(`docker logout ${desk.berth.host}`)
        expect(await desk.type('$(aws ecr get-login --no-include-email)')).toContain('Login Succeeded')
      })
    }

    test('four versions are built and pushed', async () => {
      for (const tag of tags) {
        await desk.editPage(`This is ${tag}`)
        const said = await desk.type(
          `docker build -t ${repository}:${tag} . && docker push ${repository}:${tag}`,
        )
        digests.set(tag, /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? said)
      }
      expect(new Set(digests.values()).size).toBe(4)
    })

    test('describe-images tells all about them', async () => {
      const said = await desk.type('aws ecr describe-images --repository-name aws-ecr-nginx')
      const details: object[] = JSON.parse(said).imageDetails
      expect(details.map((detail) => ({ imageStatus: 'ACTIVE', ...detail }))).toEqual(
        // older CLIs drop imageStatus
        expect.arrayContaining(await expectedDetails()),
      )
      expect(details).toHaveLength(4)
    })

    async function expectedDetails() {
      const ids = tags.map((tag) => `imageTag=${tag}`).join(' ')
      const said = await desk.type(
        `aws ecr batch-get-image --repository-name aws-ecr-nginx --image-ids ${ids}`,
      )
      return JSON.parse(said).images.map(detailOf)
    }

    test('tags are made immutable', async () => {
      const command =
        'aws ecr put-image-tag-mutability --repository-name aws-ecr-nginx --image-tag-mutability IMMUTABLE'
      expect(JSON.parse(await desk.type(command))).toEqual({
        registryId: '000000000000',
        repositoryName: 'aws-ecr-nginx',
        imageTagMutability: 'IMMUTABLE',
      })
    })

    test('the same image pushed again to its immutable tag changes nothing and succeeds', async () => {
      expect(await desk.type(`docker push ${repository}:dev4`)).toContain(digests.get('dev4'))
    })

    test('other content for an immutable tag is refused in the words of ECR', async () => {
      idOfDev4 = await imageId('dev4')
      await desk.editPage('This is not dev4')
      await desk.type(`docker build -t ${repository}:dev4 .`)
      const push = await desk.try(`docker push ${repository}:dev4`)
      expect(push.exitCode).toBe(1)
      expect(push.stderr).toContain(
        "tag invalid: The image tag 'dev4' already exists in the 'aws-ecr-nginx' repository and cannot be overwritten because the repository is immutable",
      )
    })

    test('a manifest that was read is put back under a new tag', async () => {
      const put =
        'aws ecr put-image --repository-name aws-ecr-nginx --image-tag devnew1 --image-manifest "$MANIFEST"'
      const { image } = JSON.parse(await desk.type(`MANIFEST=$(${manifestOf('dev4')})\n${put}`))
      expect(image.imageId).toEqual({ imageDigest: digests.get('dev4'), imageTag: 'devnew1' })
    })

    test('the new tag pulls the very image of the old one', async () => {
      await desk.type(`docker rmi --force $(docker images --quiet --all | sort --unique)`)
      await desk.type(`docker pull ${repository}:devnew1`)
      expect(await imageId('devnew1')).toBe(idOfDev4)
    })

    test('describe-images shows both tags on one image, and when it was pulled', async () => {
      const ids = '--image-ids imageTag=devnew1'
      const said = await desk.type(`aws ecr describe-images --repository-name aws-ecr-nginx ${ids}`)
      const [detail] = JSON.parse(said).imageDetails
      expect(detail.imageTags.toSorted()).toEqual(['dev4', 'devnew1'])
      expect(detail.lastRecordedPullTime).toBeDefined()
    })

    function manifestOf(tag: string): string {
      return `aws ecr batch-get-image --repository-name aws-ecr-nginx --image-ids imageTag=${tag} --query 'images[].imageManifest' --output text`
    }

    function imageId(tag: string): Promise<string> {
      return desk.type(`docker inspect --format '{{.Id}}' ${repository}:${tag}`)
    }
  },
)

/** What describe-images must say of an image that batch-get-image gave. */
function detailOf({
  imageId,
  imageManifest,
}: {
  imageId: { imageDigest: string; imageTag: string }
  imageManifest: string
}) {
  const { config, layers } = JSON.parse(imageManifest)
  return {
    registryId: '000000000000',
    repositoryName: 'aws-ecr-nginx',
    imageDigest: imageId.imageDigest,
    imageTags: [imageId.imageTag],
    imageSizeInBytes: layers.reduce((sum: number, layer: { size: number }) => sum + layer.size, config.size),
    imagePushedAt: expect.anything(),
    imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    artifactMediaType: 'application/vnd.docker.container.image.v1+json',
    imageStatus: 'ACTIVE',
  }
}
