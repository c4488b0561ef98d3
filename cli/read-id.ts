import { InvalidArgumentError } from 'commander'

/** A number that a list has named. @throws InvalidArgumentError */
export function readId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number.')
}
