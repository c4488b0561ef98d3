import { z } from 'zod'

const refusal = z.object({ errors: z.tuple([z.object({ code: z.string(), message: z.string() })]) })

/** What a registry says when it refuses: its one error. */
export interface RegistryError {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** Reads an answer that must be a refusal in the distribution spec's form. */
export async function registryError(answer: Response): Promise<RegistryError> {
  return readRegistryError(answer.status, await answer.text())
}

export function readRegistryError(status: number, body: string): RegistryError {
  const [error] = refusal.parse(JSON.parse(body)).errors
  return { status, ...error }
}
