import { InvalidMessageAttributeError } from './errors.ts'

/** As subscribers see them; bytes in base64. */
export type MessageAttributes = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>

/** As they are published. */
export interface GivenAttribute {
  readonly DataType: string
  readonly StringValue?: string | undefined
  readonly BinaryValue?: Uint8Array | undefined
}

const namePattern = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/

/**
 * Reads a message's attributes.
 *
 * @throws InvalidMessageAttributeError
 * @see Amazon SNS developer guide, "Amazon SNS message attributes"
 */
export function readMessageAttributes(
  given: Readonly<Record<string, GivenAttribute>> = {},
): MessageAttributes {
  return Object.fromEntries(
    Object.entries(given).map(([name, attribute]) => {
      if (!namePattern.test(name)) {
        throw new InvalidMessageAttributeError(`The message attribute name '${name}' is not valid.`)
      }
      return [name, { Type: attribute.DataType, Value: readValue(name, attribute) }]
    }),
  )
}

function readValue(
  name: string,
  { DataType: type, StringValue: text, BinaryValue: bytes }: GivenAttribute,
): string {
  const [kind] = type.split('.')
  if (kind !== 'String' && kind !== 'Number' && kind !== 'Binary') {
    throw new InvalidMessageAttributeError(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    )
  }
  if (kind === 'Binary') {
    if (bytes === undefined || bytes.length === 0) throw emptyValue(name, type)
    return toBase64(bytes)
  }
  if (bytes !== undefined) {
    throw new InvalidMessageAttributeError(
      `The message attribute '${name}' with type '${type}' must use field 'String'.`,
    )
  }
  if (text === undefined || text === '') throw emptyValue(name, type)
  if (kind === 'Number' && Number.isNaN(Number(text))) {
    throw new InvalidMessageAttributeError(`Could not cast message attribute '${name}' value to number.`)
  }
  return text
}

function emptyValue(name: string, type: string): InvalidMessageAttributeError {
  return new InvalidMessageAttributeError(
    `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
  )
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
