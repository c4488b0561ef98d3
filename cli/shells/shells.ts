import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { powershell } from './powershell.ts'
import type { Shell } from './shell.ts'

/** What `--shell` takes. `bash` serves zsh, dash and their kind as well. */
export const shellNames = ['bash', 'fish', 'powershell'] as const

export type ShellName = (typeof shellNames)[number]

export const shells: Readonly<Record<ShellName, Shell>> = { bash, fish, powershell }
