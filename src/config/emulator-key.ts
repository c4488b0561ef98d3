/** The two halves of a root access key. */
interface RootKey {
  readonly rootAccessKey: string
  readonly rootSecretKey: string
}

/** The root access key that emulators of AWS have by convention. Everybody knows it, so it is for loopback alone. */
export const emulatorKey: RootKey = { rootAccessKey: 'test', rootSecretKey: 'test' }

/** Whether the key is the one that everybody knows, so that there is nothing to hide. */
export function isEmulatorKey({ rootAccessKey, rootSecretKey }: RootKey): boolean {
  return rootAccessKey === emulatorKey.rootAccessKey && rootSecretKey === emulatorKey.rootSecretKey
}
