/** The root access key that emulators of AWS have by convention. Everybody knows it, so it is for loopback alone. */
export const emulatorKey = { rootAccessKey: 'test', rootSecretKey: 'test' } as const
