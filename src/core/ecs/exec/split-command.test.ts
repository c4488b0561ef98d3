import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EcsInvalidParameterError } from '../errors.ts'
import { splitCommand } from './split-command.ts'

test.each([
  ['/bin/sh', ['/bin/sh']],
  ['  ls  -l /tmp ', ['ls', '-l', '/tmp']],
  [`sh -c "echo 'a b' > /tmp/x"`, ['sh', '-c', "echo 'a b' > /tmp/x"]],
  [`echo 'it is "so"' a\\ b "c\\"d"e`, ['echo', 'it is "so"', 'a b', 'c"de']],
  [`echo "" ''`, ['echo', '', '']],
])('%s', (line, words) => expect(splitCommand(line)).toEqual(words))

test.each(['', '   ', 'echo "a', "echo 'a", 'echo \\'])('is refused: %j', (line) => {
  expect(() => splitCommand(line)).toThrow(EcsInvalidParameterError)
})

test('words that are quoted come back as they are', () => {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
      expect(splitCommand(words.map(quote).join(' '))).toEqual(words)
    }),
  )
})
