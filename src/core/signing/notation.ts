import type { Blob } from '../images/blob.ts'
import type { Digest } from '../names/digest.ts'

/** What a signature is about. */
export interface SignedArtifact {
  readonly mediaType: string
  readonly digest: Digest
  /** Of the manifest, in bytes. */
  readonly size: number
}

/** @see Notary Project, "OCI Signature Specification" */
export const signatureArtifactType = 'application/vnd.cncf.notary.signature'
export const envelopeMediaType = 'application/jose+json'
const payloadMediaType = 'application/vnd.cncf.notary.payload.v1+json'

const imageManifestType = 'application/vnd.oci.image.manifest.v1+json'
const emptyConfigType = 'application/vnd.oci.empty.v1+json'

/** The signed half of a JWS envelope: what is said, and by what rules it is to be believed. Both JSON. */
export function notationClaims(
  artifact: SignedArtifact,
  signedAt: Date,
): { readonly protectedHeader: string; readonly payload: string } {
  const { mediaType, digest, size } = artifact
  return {
    payload: JSON.stringify({ targetArtifact: { mediaType, digest, size } }),
    protectedHeader: JSON.stringify({
      alg: 'ES256',
      cty: payloadMediaType,
      crit: ['io.cncf.notary.signingScheme'],
      'io.cncf.notary.signingScheme': 'notary.x509',
      'io.cncf.notary.signingTime': toSeconds(signedAt),
    }),
  }
}

/** The manifest by which a registry stores a signature as a referrer of its subject. */
export function signatureManifest(signature: {
  readonly subject: SignedArtifact
  readonly config: Blob
  readonly envelope: Blob
  /** SHA-256 of each certificate of the chain, in hex, the signer's first. */
  readonly thumbprints: readonly string[]
  readonly signedAt: Date
}): string {
  const { subject, config, envelope, thumbprints, signedAt } = signature
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: imageManifestType,
    artifactType: signatureArtifactType,
    config: { mediaType: emptyConfigType, digest: config.digest, size: config.size },
    layers: [{ mediaType: envelopeMediaType, digest: envelope.digest, size: envelope.size }],
    subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
    annotations: {
      'io.cncf.notary.x509chain.thumbprint#S256': JSON.stringify(thumbprints),
      'org.opencontainers.image.created': toSeconds(signedAt),
    },
  })
}

function toSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}
