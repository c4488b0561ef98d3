/** The user name that goes with every robot's password. */
export const robotUser = 'robot'

const prefix = 'berth_'
const idLength = 21
const format = new RegExp(`^${prefix}([A-Z2-7]{${idLength}})_([\\w-]{43})$`)

/** What a robot's password is made of. */
export interface RobotPassword {
  readonly id: string
  /** 32 random bytes as base64url. */
  readonly secret: string
}

/** The password as text: free of `:`, fit for a bearer token, and easy to find for whoever searches for secrets that leaked. */
export function formatRobotPassword({ id, secret }: RobotPassword): string {
  return `${prefix}${id}_${secret}`
}

/** Undefined for any other text. */
export function readRobotPassword(text: string): RobotPassword | undefined {
  const [, id, secret] = format.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}
