import { readOsRelease } from '../../../core/scanning/distribution.ts'
import { osReleasePaths } from '../../../core/scanning/layer-inventory.ts'
import type { TextReader } from '../package-reader.ts'

/** Which distribution it is. */
export const osReleaseReader: TextReader = {
  holds: 'text',
  matches: (path) => osReleasePaths.some((place) => place === path),
  read(text) {
    const distribution = readOsRelease(text)
    return { packages: [], ...(distribution && { distribution }) }
  },
}
