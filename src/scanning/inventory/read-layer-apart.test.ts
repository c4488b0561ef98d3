import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { testUnless } from '../../../tests/support/installed-programs.ts'
import { tarOf } from '../../../tests/support/tar.ts'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { layerLimits } from './limits.ts'
import { findNetworkIsolation } from './network-isolation.ts'
import { readLayerApart, workerFlags } from './read-layer-apart.ts'

const isolation = await findNetworkIsolation()
const signal = new AbortController().signal
const release = tarOf([{ path: 'etc/os-release', content: 'ID=debian\nVERSION_ID=12\n' }])

describe('a process of its own', () => {
  test('reads a layer, and leaves nothing behind', async () => {
    const reading = await readLayerApart(Readable.from([gzipSync(release)]), { signal })
    const files = [{ path: 'etc/os-release', distribution: { id: 'debian' } }]
    expect(reading).toMatchObject({ inventory: { files } })
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`berth-scan-${process.pid}-`))
    expect(left).toEqual([])
  })

  test('says what is wrong with a layer', async () => {
    const broken = Readable.from([release.subarray(0, 700)])
    expect(await readLayerApart(broken, { signal })).toEqual({ unreadable: 'A layer ends too early' })
  })

  test('is ended when it takes too long', async () => {
    const limits = { ...layerLimits, milliseconds: 300 }
    const layer = new Readable({ read() {} })
    expect(await readLayerApart(layer, { signal, limits })).toEqual({
      unreadable: expect.stringContaining('takes too long'),
    })
    expect(layer.destroyed).toBe(true)
  })

  test('is ended when the work is', async () => {
    const stop = new AbortController()
    const reading = readLayerApart(new Readable({ read() {} }), { signal: stop.signal })
    const reason = new Error('Berth is stopping')
    stop.abort(reason)
    await expect(reading).rejects.toBe(reason)
  })

  test('passes on that the layer itself could not be had', async () => {
    const failing = new Readable({
      read() {
        this.destroy(new Error('The disk is gone'))
      },
    })
    await expect(readLayerApart(failing, { signal })).rejects.toThrow('The disk is gone')
  })

  test.each([
    ['read', "fs.readFileSync('/etc/passwd')"],
    ['write', "fs.writeFileSync('/tmp/berth-scan-outside', '')"],
    ['start a program', "require('node:child_process').execFileSync('true')"],
    ['load what is not JavaScript', "process.dlopen({ exports: {} }, '/x.node')"],
  ])('may not %s', async (_, code) => {
    await using folder = await temporaryFolder()
    const flags = workerFlags(folder.path, layerLimits)
    const run = () =>
      execFileSync(process.execPath, [...flags, '-e', `const fs = require('node:fs'); ${code}`], {
        stdio: 'pipe',
      })
    expect(run).toThrow(/ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED/)
  })

  describe('without a network', () => {
    const test = testUnless(isolation.length === 0 && 'this system takes no network away')

    test('reads a layer as well, and is ended as well', async () => {
      const reading = await readLayerApart(Readable.from([release]), { signal, isolation })
      expect(reading).toMatchObject({ inventory: { files: [{ path: 'etc/os-release' }] } })
      const limits = { ...layerLimits, milliseconds: 300 }
      const endless = readLayerApart(new Readable({ read() {} }), { signal, limits, isolation })
      expect(await endless).toEqual({ unreadable: expect.stringContaining('takes too long') })
    })

    test('reaches nobody, not even on this machine', async () => {
      await using server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const code = `require('node:net').connect(${port}, '127.0.0.1').on('error', ({ code }) => console.log(code)).pipe(process.stdout)`
      const outcome = (command: readonly string[]) => {
        const [program = '', ...args] = [...command, process.execPath, '-e', code]
        return new Promise((resolve) => execFile(program, args, (_, stdout) => resolve(stdout.trim())))
      }
      expect(await outcome([])).toBe('hello')
      expect(await outcome(isolation)).toBe('ENETUNREACH')
    })
  })
})
