import { DomainError } from '../../core/errors.ts'
import type { Image } from '../../core/images/image.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import { signatureManifest } from '../../core/signing/notation.ts'
import type { Signing } from '../../core/signing/signing-job.ts'
import { readSigningProfileArn } from '../../core/signing/signing-profile.ts'
import type { SigningState } from '../../stores/metadata/signing.ts'
import { digestOfPush } from '../digest-of-push.ts'
import { storeManifest } from '../put-manifest.ts'
import type { Registry } from '../registry.ts'
import { pushContent } from './push-content.ts'
import type { Signer } from './signer.ts'

/**
 * Signs an image with every profile that is to, and stores each signature as a referrer of the image. What can't succeed is noted
 * as failed, which nothing else suffers from; all else is worth another try.
 *
 * @see Amazon ECR user guide, "Managed signing"
 */
export async function signImage(registry: Registry, signer: Signer, signing: Signing): Promise<void> {
  const { metadata } = registry
  const repository = await metadata.repositories.find(signing.repository)
  const image = repository && (await metadata.images.find(repository.id, signing.digest))
  if (repository === undefined || image === undefined) return
  const states = await metadata.signing.states(repository.id, signing.digest)
  for (const state of states.filter(({ status }) => status === 'IN_PROGRESS')) {
    try {
      await signWith(registry, signer, { signing, image, state })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      await note(
        registry,
        signing,
        failed(state, `${error.name.replace(/Error$/, '')}Exception`, error.message),
      )
    }
  }
}

interface Task {
  readonly signing: Signing
  readonly image: Image
  readonly state: SigningState
}

async function signWith(registry: Registry, signer: Signer, task: Task): Promise<void> {
  const { signing, image, state } = task
  const profile = readSigningProfileArn(state.profile)
  if (profile === undefined || profile.account !== signing.repository.account) {
    const reason = `The pusher is not authorized to perform: signer:SignPayload on resource: ${state.profile}`
    return note(registry, signing, failed(state, 'AccessDeniedException', reason))
  }
  const key = await registry.metadata.signing.key(profile)
  if (key === undefined) {
    const reason = `The signing profile ${state.profile} doesn't exist; \`berth keys create ${profile.name}\` makes it`
    return note(registry, signing, failed(state, 'ResourceNotFoundException', reason))
  }
  const { mediaType, digest, manifestBytes: size } = image
  const signedAt = registry.now()
  const subject = { mediaType, digest, size }
  const { envelope, thumbprints } = signer.sign({ profile, key }, subject, signedAt)
  const layer = await pushContent(registry, signing.repository, envelope)
  const config = await pushContent(registry, signing.repository, new TextEncoder().encode('{}'))
  await store(registry, task, signatureManifest({ subject, config, envelope: layer, thumbprints, signedAt }))
}

/** The signature comes and the state changes together or not at all, so that a repeated job signs nothing twice. */
async function store(registry: Registry, { signing, state }: Task, text: string): Promise<void> {
  const content = new TextEncoder().encode(text)
  const digest = digestOfPush({ repository: signing.repository, content })
  const read = { manifest: readManifest(content, undefined), content, digest }
  await registry.metadata.write(async (tx) => {
    const repository = await tx.repositories.lock(signing.repository)
    const states = repository ? await tx.signing.states(repository.id, signing.digest) : []
    const isWanted = states.some(
      ({ profile, status }) => profile === state.profile && status === 'IN_PROGRESS',
    )
    if (repository === undefined || !isWanted) return
    await storeManifest(tx, registry, repository, read, { cause: { actor: state.actor, reason: 'sign' } })
    await tx.signing.putState(repository.id, signing.digest, { ...state, status: 'COMPLETE' })
  })
}

function failed(state: SigningState, failureCode: string, failureReason: string): SigningState {
  return { ...state, status: 'FAILED', failureCode, failureReason }
}

async function note(
  { metadata }: Registry,
  { repository: key, digest }: Signing,
  state: SigningState,
): Promise<void> {
  await metadata.write(async (tx) => {
    const repository = await tx.repositories.lock(key)
    const image = repository && (await tx.images.find(repository.id, digest))
    if (repository && image) await tx.signing.putState(repository.id, digest, state)
  })
}
