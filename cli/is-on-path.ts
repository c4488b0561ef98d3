import { accessSync, constants } from 'node:fs'
import { delimiter, join, sep } from 'node:path'

/** What npm and npx put before the path of what they run; a shell doesn't have it. */
const npmFolder = join('node_modules', '.bin')

/** Whether a user's shell finds a program, also when this was started by npx. */
export function isOnPath(program: string, path = ''): boolean {
  return path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(sep + npmFolder))
    .some((folder) => isProgram(join(folder, program)))
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
