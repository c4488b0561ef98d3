import type { Dockerd } from '../support/dockerd.ts'

/** What those saw who asked a service's containers again and again, by the engine alone: Berth may be dead meanwhile. */
export interface PortWatch {
  /** The fewest containers that answered in a round. */
  readonly fewest: number
  /** Tasks that had two containers of a name. */
  readonly doubles: readonly string[]
}

interface SeenPort {
  readonly task: string
  readonly port: string | undefined
}

async function portsOf({ docker }: Dockerd, family: string): Promise<SeenPort[]> {
  const label = `label=com.amazonaws.ecs.task-definition-family=${family}`
  const format = '{{.Label "com.amazonaws.ecs.task-arn"}} {{.Ports}}'
  const lines = await docker.output(['ps', '--filter', label, '--format', format])
  return lines.split('\n').map((line) => {
    const [task = '', ports = ''] = line.split(' ')
    return { task, port: /:(\d+)->/.exec(ports)?.[1] }
  })
}

async function answers({ port }: SeenPort): Promise<boolean> {
  if (port === undefined) return false
  return fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Asks every container of a family of one container, one round after another, while `work` runs. */
export async function watchPorts(
  dockerd: Dockerd,
  family: string,
  work: () => Promise<unknown>,
): Promise<PortWatch> {
  let fewest = Number.POSITIVE_INFINITY
  const doubles: string[] = []
  let isOver = false
  const ask = async () => {
    while (!isOver) {
      const seen = await portsOf(dockerd, family)
      const answered = (await Promise.all(seen.map(answers))).filter(Boolean).length
      fewest = Math.min(fewest, answered)
      const tasks = seen.map(({ task }) => task)
      doubles.push(...tasks.filter((task, index) => tasks.indexOf(task) < index))
    }
  }
  const asking = ask()
  try {
    await work()
  } finally {
    isOver = true
  }
  await asking
  return { fewest, doubles }
}
