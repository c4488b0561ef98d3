import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import type { DockerClient } from './docker-client.ts'

const made = z.object({ Id: z.string() })
const ended = z.object({ ExitCode: z.int().nullish() })

/** A command with a terminal of its own in a container, as the engine runs it. */
export class ExecutedCommand {
  readonly #docker: DockerClient
  readonly #id: string
  readonly #stream: Duplex

  private constructor(docker: DockerClient, id: string, stream: Duplex) {
    this.#docker = docker
    this.#id = id
    this.#stream = stream
    // Whoever reads the output learns of it.
    stream.on('error', () => undefined)
  }

  /** @throws DockerError, EngineUnreachableError */
  static async begin(
    docker: DockerClient,
    container: string,
    command: readonly string[],
  ): Promise<ExecutedCommand> {
    const attached = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true }
    const body = { ...attached, Env: ['TERM=xterm-256color'], Cmd: command }
    const { Id } = made.parse(
      await docker.ask({ method: 'POST', path: `/containers/${container}/exec`, body }),
    )
    const stream = await docker.hijack({
      method: 'POST',
      path: `/exec/${Id}/start`,
      body: { Detach: false, Tty: true },
    })
    return new ExecutedCommand(docker, Id, stream)
  }

  get output(): AsyncIterable<Buffer> {
    return this.#stream
  }

  write(input: Buffer): void {
    if (this.#stream.writable) this.#stream.write(input)
  }

  async resize({ cols, rows }: { readonly cols: number; readonly rows: number }): Promise<void> {
    const query = { w: String(cols), h: String(rows) }
    await this.#docker.find({ method: 'POST', path: `/exec/${this.#id}/resize`, query })
  }

  /** The terminal hangs up; what ignores that goes on, as the engine has no way to end it. */
  close(): void {
    this.#stream.destroy()
  }

  async exitCode(): Promise<number | undefined> {
    if (!this.#stream.readableEnded && !this.#stream.destroyed) await once(this.#stream, 'end')
    const answer = await this.#docker.find({ method: 'GET', path: `/exec/${this.#id}/json` })
    return answer === undefined ? undefined : (ended.parse(answer).ExitCode ?? undefined)
  }
}
