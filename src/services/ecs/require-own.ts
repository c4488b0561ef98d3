import { EcsClientError } from '../../core/ecs/errors.ts'
import { isSameRegistry, type RegistryKey } from '../../core/names/registry-key.ts'
import type { Call } from '../service.ts'

/** Lets through what lies in the caller's account and region. @throws EcsClientError for anything else, as if it weren't there */
export function requireOwn<Key extends RegistryKey>(key: Key, { registry }: Call): Key {
  if (isSameRegistry(key, registry)) return key
  throw new EcsClientError('Unable to describe task definition.')
}
