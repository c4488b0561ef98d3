import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseS3Object, readEnvironmentFile } from './environment-file.ts'

test('a line is a variable, unless it is a comment or lacks a name or a value', () => {
  const text = '# of the shop\r\nNAME=web\n\nGREETING="hello, world" # so\nEMPTY=\n=none\nword\nA=b=c\n'
  expect(readEnvironmentFile(text)).toEqual([
    { name: 'NAME', value: 'web' },
    { name: 'GREETING', value: '"hello, world" # so' },
    { name: 'A', value: 'b=c' },
  ])
})

test('whatever a file holds, its variables are what was written', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !/[\r\n\u2028\u2029]/.test(one))
  const variable = fc.record({ name: word.filter((name) => !/[=#]/.test(name)), value: word })
  fc.assert(
    fc.property(fc.array(variable), (variables) => {
      const text = variables.map(({ name, value }) => `${name}=${value}`).join('\n')
      expect(readEnvironmentFile(text)).toEqual(variables)
    }),
  )
})

test.each([
  ['arn:aws:s3:::team-files/web/prod.env', { bucket: 'team-files', key: 'web/prod.env' }],
  ['arn:aws:s3:::team-files', undefined],
  ['arn:aws:s3:::../prod.env', undefined],
  ['arn:aws:s3:::team-files/', undefined],
  ['s3://team-files/prod.env', undefined],
])('%s names %j', (text, object) => {
  expect(parseS3Object(text)).toEqual(object && expect.objectContaining(object))
})
