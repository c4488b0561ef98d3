import { DescribeTasksCommand, type ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs'

/** What those saw who asked a service's tasks again and again. */
export interface Watch {
  /** Each failed request, in words. */
  readonly failures: readonly string[]
  /** The pages that were answered, in the order in which they first were. */
  readonly pages: readonly string[]
  /** The fewest tasks that ran at one time. */
  readonly fewest: number
}

/** The tasks of a service that a load balancer would send requests to: those that run, are healthy and aren't about to stop. */
export async function runningTasks(ecs: ECSClient, serviceName: string): Promise<Task[]> {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ serviceName }))
  if (taskArns.length === 0) return []
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
  return tasks.filter(
    ({ lastStatus, desiredStatus, healthStatus }) =>
      lastStatus === 'RUNNING' && desiredStatus === 'RUNNING' && healthStatus === 'HEALTHY',
  )
}

/** The page that a task answers at the port of the engine's machine. */
export async function pageOf(task: Task): Promise<string> {
  const port = task.containers?.[0]?.networkBindings?.[0]?.hostPort
  const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) })
  return answer.text()
}

/** Asks all running tasks of a service for their page, one round after another, while `work` runs. */
export async function watchEndpoints(
  ecs: ECSClient,
  serviceName: string,
  work: () => Promise<unknown>,
): Promise<Watch> {
  const failures: string[] = []
  const pages: string[] = []
  let fewest = Number.POSITIVE_INFINITY
  let isOver = false
  const rounds = async () => {
    while (!isOver) {
      const tasks = await runningTasks(ecs, serviceName)
      fewest = Math.min(fewest, tasks.length)
      for (const task of tasks) {
        const page = await pageOf(task).catch((error: unknown) => {
          failures.push(`${task.taskArn}: ${error}`)
        })
        if (page !== undefined && !pages.includes(page)) pages.push(page)
      }
    }
  }
  const watching = rounds()
  try {
    await work()
  } finally {
    isOver = true
  }
  await watching
  return { failures, pages, fewest }
}
