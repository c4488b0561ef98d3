import { gzipSync } from 'node:zlib'
import { osvRecord } from '../../support/advisories.ts'
import { askBerth } from '../../support/ask-berth.ts'
import type { LocalBerth } from '../../support/start-berth.ts'
import { tarOf } from '../../support/tar.ts'
import { blob, digestOf, imageOf, type TestImage } from '../../support/test-image.ts'

/** What scans find in the vulnerable image. */
export const vulnerability = 'CVE-2026-1'

export async function importAdvisory({ port, secrets }: LocalBerth): Promise<void> {
  const affected = [{ ecosystem: 'Debian:12', name: 'openssl', fixed: '3.0.11-1' }]
  const records = JSON.stringify(
    osvRecord(`DEBIAN-${vulnerability}`, affected, { upstream: [vulnerability] }),
  )
  const asker = { port, keyId: secrets.rootAccessKey, secret: secrets.rootSecretKey }
  const { status, body } = await askBerth(asker, '/berth/v1/ImportAdvisories', JSON.stringify({ records }))
  if (status !== 200) throw new Error(body)
}

/** A Debian whose openssl is too old. */
export function vulnerableImage(): TestImage {
  const release = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
  const status = 'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3.0.9-1\n'
  const tar = tarOf([
    { path: 'etc/os-release', content: release },
    { path: 'var/lib/dpkg/status', content: status },
  ])
  const rootfs = { type: 'layers', diff_ids: [digestOf(tar)] }
  return imageOf({ os: 'linux', architecture: 'amd64', rootfs }, [blob(gzipSync(tar))])
}
