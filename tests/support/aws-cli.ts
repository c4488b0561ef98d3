import { runProgram } from './client.ts'
import { installationsOf } from './installed-programs.ts'

/** An installed AWS command-line interface. */
export interface AwsCli {
  readonly path: string
  readonly version: readonly [major: number, minor: number]
}

/** Both major versions, for suites that run with each; `aws` is undefined where one isn't installed. */
export async function bothAwsClis(): Promise<{ readonly major: 1 | 2; readonly aws: AwsCli | undefined }[]> {
  const [first, second] = await Promise.all([findAwsCli(1), findAwsCli(2)])
  return [
    { major: 1, aws: first },
    { major: 2, aws: second },
  ]
}

/**
 * The newest installed CLI of a major version, or undefined. Debian has version 2, Python's package index version 1;
 * both may be on the PATH, and BERTH_TEST_AWS_V1 may name a version 1 that isn't.
 */
export async function findAwsCli(major: 1 | 2): Promise<AwsCli | undefined> {
  const named = process.env.BERTH_TEST_AWS_V1
  const paths = [...(named === undefined ? [] : [named]), ...installationsOf('aws')]
  const found = await Promise.all(paths.map(readVersion))
  return found.filter((cli) => cli?.version[0] === major).sort(newestFirst)[0]
}

async function readVersion(path: string): Promise<AwsCli | undefined> {
  const { stdout } = await runProgram(path, ['--version'])
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(stdout) ?? []
  return major && minor ? { path, version: [Number(major), Number(minor)] } : undefined
}

function newestFirst(a: AwsCli | undefined, b: AwsCli | undefined): number {
  return (b?.version[1] ?? 0) - (a?.version[1] ?? 0)
}
