import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { pushBlob } from '../support/push-image.ts'
import { send, sendExpecting } from '../support/registry-client.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blob, digestOf, type TestBlob, type TestImage } from '../support/test-image.ts'

const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
const simpleSigning = 'application/vnd.dev.cosign.simplesigning.v1+json'
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const statementType = 'application/vnd.in-toto+json'
const signatureAnnotation = 'dev.cosignproject.cosign/signature'
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth()
  await berth.createRepository('team/app')
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test("a signature under cosign's tag verifies after its pull", async () => {
  const image = await berth.pushRandomImage('team/app', 'by-tag')
  const tag = `${image.digest.replace(':', '-')}.sig`
  await pushTagSignature(image, tag)
  const { layers } = await pullManifest(tag)
  const [layer] = layers
  const payload = await pullBlob(layer?.digest)
  expect(JSON.parse(payload.toString()).critical.image).toEqual({ 'docker-manifest-digest': image.digest })
  const signature = Buffer.from(layer?.annotations?.[signatureAnnotation] ?? '', 'base64')
  expect(verify('sha256', payload, publicKey, signature)).toBe(true)
})

test("cosign's bundle, found as a referrer, verifies after its pull", async () => {
  const image = await berth.pushRandomImage('team/app', 'by-referrer')
  const { digest } = await pushBundle(image)
  const type = encodeURIComponent(bundleType)
  const found = await send(berth, 'GET', `/v2/team/app/referrers/${image.digest}?artifactType=${type}`)
  const { manifests } = z.object({ manifests: z.array(manifestEntry) }).parse(await found.json())
  expect(manifests).toMatchObject([{ digest, artifactType: bundleType }])
  const { layers } = await pullManifest(manifests[0]?.digest ?? '')
  const { dsseEnvelope } = bundleSchema.parse(JSON.parse((await pullBlob(layers[0]?.digest)).toString()))
  const statement = Buffer.from(dsseEnvelope.payload, 'base64')
  expect(JSON.parse(statement.toString()).subject).toEqual(subjectsOf(image))
  const signature = Buffer.from(dsseEnvelope.signatures[0]?.sig ?? '', 'base64')
  expect(verify('sha256', whatIsSigned(statement), publicKey, signature)).toBe(true)
})

const manifestEntry = z.object({
  digest: z.string(),
  artifactType: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
})
const bundleSchema = z.object({
  dsseEnvelope: z.object({ payload: z.string(), signatures: z.array(z.object({ sig: z.string() })) }),
})

/** @see cosign, specs/SIGNATURE_SPEC.md */
async function pushTagSignature(image: TestImage, tag: string): Promise<void> {
  const payload = Buffer.from(
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': `${berth.registryHost}/team/app` },
        image: { 'docker-manifest-digest': image.digest },
        type: 'cosign container image signature',
      },
      optional: null,
    }),
  )
  const signature = sign('sha256', payload, privateKey).toString('base64')
  const config = blob(Buffer.from(JSON.stringify({ rootfs: { type: 'layers', diff_ids: [] } })))
  const layer = blob(payload)
  await pushManifest(tag, [config, layer], {
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: [{ ...descriptor(simpleSigning, layer), annotations: { [signatureAnnotation]: signature } }],
  })
}

/** @see cosign, specs/BUNDLE_SPEC.md */
async function pushBundle(image: TestImage): Promise<{ readonly digest: string }> {
  const statement = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: subjectsOf(image),
      predicateType: 'https://sigstore.dev/cosign/sign/v1',
      predicate: {},
    }),
  )
  const sig = sign('sha256', whatIsSigned(statement), privateKey).toString('base64')
  const dsseEnvelope = {
    payload: statement.toString('base64'),
    payloadType: statementType,
    signatures: [{ sig }],
  }
  const verificationMaterial = { publicKey: { hint: 'test' } }
  const layer = blob(
    Buffer.from(JSON.stringify({ mediaType: bundleType, verificationMaterial, dsseEnvelope })),
  )
  const config = blob(Buffer.from('{}'))
  return pushManifest(undefined, [config, layer], {
    artifactType: bundleType,
    config: descriptor('application/vnd.oci.empty.v1+json', config),
    layers: [descriptor(bundleType, layer)],
    subject: { mediaType: image.mediaType, digest: image.digest, size: image.manifest.length },
  })
}

function subjectsOf({ digest }: TestImage) {
  return [{ digest: { sha256: digest.replace('sha256:', '') } }]
}

/** @see DSSE, protocol.md, "Signature Definition" */
function whatIsSigned(statement: Buffer): Buffer {
  const head = `DSSEv1 ${statementType.length} ${statementType} ${statement.length} `
  return Buffer.concat([Buffer.from(head), statement])
}

function descriptor(mediaType: string, { digest, content }: TestBlob) {
  return { mediaType, digest, size: content.length }
}

async function pushManifest(tag: string | undefined, blobs: readonly TestBlob[], members: object) {
  for (const each of blobs) await pushBlob(berth, 'team/app', each)
  const body = JSON.stringify({ schemaVersion: 2, mediaType: ociManifest, ...members })
  const digest = digestOf(body)
  const headers = { 'content-type': ociManifest }
  await sendExpecting(201, berth, 'PUT', `/v2/team/app/manifests/${tag ?? digest}`, { headers, body })
  return { digest }
}

async function pullManifest(reference: string) {
  const answer = await sendExpecting(200, berth, 'GET', `/v2/team/app/manifests/${reference}`)
  return z.object({ layers: z.array(manifestEntry) }).parse(await answer.json())
}

async function pullBlob(digest = ''): Promise<Buffer> {
  const answer = await sendExpecting(200, berth, 'GET', `/v2/team/app/blobs/${digest}`)
  const content = Buffer.from(await answer.arrayBuffer())
  expect(digestOf(content)).toBe(digest)
  return content
}
