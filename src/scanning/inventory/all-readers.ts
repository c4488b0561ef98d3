import type { PackageReader } from './package-reader.ts'
import { apkReader } from './readers/apk.ts'
import { dpkgReader } from './readers/dpkg.ts'
import { osReleaseReader } from './readers/os-release.ts'
import { rpmReaders } from './readers/rpm.ts'

/** Every kind of file that is read. */
export const allReaders: readonly PackageReader[] = [osReleaseReader, dpkgReader, apkReader, ...rpmReaders]
