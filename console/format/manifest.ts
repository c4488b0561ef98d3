interface Descriptor {
  readonly mediaType?: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
  readonly annotations?: Readonly<Record<string, string>>
}

/** What the console reads of a manifest or an index. */
export interface Manifest {
  readonly config?: Descriptor
  readonly layers?: readonly Descriptor[]
  readonly manifests?: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

/** Reads a manifest's text, which the registry has checked. */
export function readManifest(text: string): Manifest {
  return JSON.parse(text)
}

/** `linux/arm64/v8`; an attestation, which is of no platform, is named as such. */
export function platformOf({ platform, annotations }: Descriptor): string {
  if (annotations?.['vnd.docker.reference.type'] !== undefined) return 'Attestation'
  if (platform === undefined) return '-'
  const { os, architecture, variant } = platform
  return [os, architecture, variant].filter(Boolean).join('/')
}

export type { Descriptor }
