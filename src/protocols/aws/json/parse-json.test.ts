import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

test('an empty body counts as an empty object', () => {
  expect(parseJson(Buffer.from(''))).toEqual({})
})

test.each(['{', 'hello', "{'a':1}", '{"a":1}}', 'NaN', '{"a":01}'])('%s is refused', (text) => {
  expect(() => parseJson(Buffer.from(text))).toThrow('The request body is not valid JSON')
})

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseJson(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow('The request body is not UTF-8')
})
