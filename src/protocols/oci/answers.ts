import type { Blob } from '../../core/images/blob.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { HttpResponse } from '../http/exchange.ts'
import type { Refusal } from './refusal.ts'

/** On every answer; clients of the first Docker registries look for it. */
export const apiVersion = { 'docker-distribution-api-version': 'registry/2.0' } as const

/** @see distribution spec, "Error Codes" */
export function refusalAnswer({ status, code, message, headers = {} }: Refusal): HttpResponse {
  return {
    status,
    headers: { ...apiVersion, ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ errors: [{ code, message }] }),
  }
}

export function jsonAnswer(value: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return {
    status: 200,
    headers: { ...apiVersion, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  }
}

/**
 * Where an upload goes on and how far it is. The location has no scheme and host, as the spec allows, so that it holds behind any
 * proxy; an upload without bytes has the range `0-0`, as Docker's registry says it.
 */
export function uploadAnswer(
  status: 202 | 204,
  upload: { readonly repository: RepositoryKey; readonly id: string; readonly size: number },
): HttpResponse {
  return { status, headers: { ...apiVersion, ...uploadHeaders(upload) } }
}

export function uploadHeaders(upload: {
  readonly repository: RepositoryKey
  readonly id: string
  readonly size: number
}): Record<string, string> {
  return {
    location: `/v2/${upload.repository.name}/blobs/uploads/${upload.id}`,
    'docker-upload-uuid': upload.id,
    range: `0-${Math.max(upload.size - 1, 0)}`,
  }
}

/** A blob has become part of the repository. */
export function blobCreatedAnswer({ name }: RepositoryKey, { digest }: Blob): HttpResponse {
  const location = `/v2/${name}/blobs/${digest}`
  return { status: 201, headers: { ...apiVersion, location, 'docker-content-digest': digest } }
}
