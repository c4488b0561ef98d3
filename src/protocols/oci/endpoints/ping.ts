import { apiVersion } from '../answers.ts'
import type { RegistryEndpoint } from '../endpoint.ts'

/**
 * Says that this is a registry and that the credentials are good, which is all the right it needs.
 *
 * @see distribution spec, "Determining Support"
 */
export const ping: RegistryEndpoint = {
  permissions: () => [],
  answer: async () => ({
    status: 200,
    headers: { ...apiVersion, 'content-type': 'application/json' },
    body: '{}',
  }),
}
