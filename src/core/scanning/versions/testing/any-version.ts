import fc from 'fast-check'

/** Versions put together from few pieces, so that near misses are frequent. */
export function versionsOf(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((list) => `1${list.join('')}`)
}

const epochs = fc.constantFrom('', '', '', '0:', '1:')

/** Versions that `dpkg` takes as valid. */
export const dpkgVersions: fc.Arbitrary<string> = fc
  .tuple(epochs, versionsOf('0 1 10 a B ~ ~~ + . - deb'.split(' ')))
  .map(([epoch, version]) => `${epoch}${version}0`)

/** Versions that `rpm` takes as valid, each with a release. */
export const rpmVersions: fc.Arbitrary<string> = fc
  .tuple(epochs, versionsOf('0 1 10 a B ~ ^ + . _ el'.split(' ')), versionsOf('0 9 .el ~ ^ _ . a'.split(' ')))
  .map(([epoch, version, release]) => `${epoch}${version}-${release}`)
