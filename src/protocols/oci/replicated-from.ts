import { isRegistryKey, type RegistryKey } from '../../core/names/registry-key.ts'
import { OciError } from './refusal.ts'

/** Berth's own: the registry that a manifest is a replica of, as `<account>/<region>`. */
const name = 'berth-replicated-from'

/** The header by which another Berth knows a replica. */
export function replicatedFromHeader({ account, region }: RegistryKey): Readonly<Record<string, string>> {
  return { [name]: `${account}/${region}` }
}

/**
 * Where a manifest says that it comes from; undefined for an ordinary push.
 *
 * @throws OciError for what names no registry
 */
export function readReplicatedFrom(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): RegistryKey | undefined {
  const header = headers[name]
  if (header === undefined) return undefined
  const [account, region, ...rest] = String(header).split('/')
  const registry = { account, region }
  if (rest.length === 0 && isRegistryKey(registry)) return registry
  throw new OciError({ status: 400, code: 'UNSUPPORTED', message: `Not a registry: '${String(header)}'` })
}
