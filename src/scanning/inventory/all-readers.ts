import type { PackageReader } from './package-reader.ts'
import { apkReader } from './readers/apk.ts'
import { dpkgReader } from './readers/dpkg.ts'
import { javaReader } from './readers/java.ts'
import { npmReader } from './readers/npm.ts'
import { osReleaseReader } from './readers/os-release.ts'
import { programReader } from './readers/program.ts'
import { pythonReader } from './readers/python.ts'
import { rpmReaders } from './readers/rpm.ts'

/** Every kind of file that is read. */
export const allReaders: readonly PackageReader[] = [
  osReleaseReader,
  dpkgReader,
  apkReader,
  ...rpmReaders,
  npmReader,
  pythonReader,
  javaReader,
  programReader,
]
