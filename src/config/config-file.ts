import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { hasCode } from '../core/error-code.ts'
import { ConfigError } from './config-error.ts'
import type { GivenValues } from './given-value.ts'
import { readNamedValues } from './named-values.ts'

/** Read from the current folder when it is there and no other file was named. */
export const defaultConfigFile = 'berth.json'

const jsonObject = z.record(z.string(), z.unknown())

/**
 * Reads the configuration file: a JSON object whose keys are the settings' names. JSON, because every tool can write it and
 * Node reads it without another dependency.
 *
 * @throws ConfigError when a file that was named is absent, or a file can't be read as JSON
 */
export function readConfigFile(options: {
  readonly named: string | undefined
  readonly cwd: string
}): GivenValues {
  const path = resolve(options.cwd, options.named ?? defaultConfigFile)
  const text = readText(path)
  if (text !== undefined) return readSettings(path, text)
  if (options.named === undefined) return { values: new Map(), problems: [] }
  throw new ConfigError([
    `There is no configuration file ${path}; make it, or leave --config and BERTH_CONFIG out`,
  ])
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw new ConfigError([`The configuration file ${path} can't be read: ${String(error)}`], {
      cause: error,
    })
  }
}

function readSettings(path: string, text: string): GivenValues {
  return readNamedValues(parseObject(path, text), {
    nameOf: (setting) => setting.name,
    show: (name) => `'${name}' in ${path}`,
  })
}

function parseObject(path: string, text: string): Record<string, unknown> {
  try {
    return jsonObject.parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it is not an object'
    throw new ConfigError([`The configuration file ${path} must hold one JSON object: ${why}`], {
      cause: error,
    })
  }
}
