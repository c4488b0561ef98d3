import { z } from 'zod'
import { durationMs, isDuration } from '../duration.ts'
import { isInlineJson } from '../inline-json.ts'

/** A number, or its digits, as flags and variables bring it. */
export function wholeNumber(least: number, most: number) {
  const digits = z
    .string()
    .regex(/^[0-9]{1,12}$/)
    .transform(Number)
  return z.union([z.number(), digits]).pipe(z.int().min(least).max(most))
}

/** 0 stands for any free one. */
export const portNumber = wholeNumber(0, 65_535)

/** A switch; in variables and files the digits 1 and 0 stand for it too. */
export const onOrOff = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })])

/** Milliseconds, written with a unit. */
export const duration = z.string().refine(isDuration).transform(durationMs)

/** Milliseconds, written with a unit; 0 for `off`. */
export const durationOrOff = z
  .string()
  .refine((text) => text === 'off' || isDuration(text))
  .transform((text) => (text === 'off' ? 0 : durationMs(text)))

/** Whether there is anything at the path is seen when it is needed. */
export const filePath = z.string().refine(isPath)

/** Of PostgreSQL. */
export const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, hostname: /./ })

/** Whether a text may be the path of a file or a folder. */
export function isPath(text: string): boolean {
  return text.trim() !== '' && !text.includes('\0')
}

/** Whether a text is a JSON object or may be the path of a file with one, which is read when it is needed. */
export function isSecretsSource(text: string): boolean {
  return isInlineJson(text) || isPath(text)
}
