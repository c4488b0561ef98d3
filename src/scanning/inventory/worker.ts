import { UnreadableLayerError } from './limits.ts'
import { readLayer } from './read-layer.ts'
import { parseWorkerTask, type WorkerAnswer } from './worker-messages.ts'

// A process of its own for one layer: whatever a layer does to what reads it, it finds no rights, no secrets and no other layer here.
const answer = await answerOf(process.argv[2] ?? '')
process.stdout.write(JSON.stringify(answer))

async function answerOf(task: string): Promise<WorkerAnswer> {
  try {
    return { inventory: await readLayer(process.stdin, parseWorkerTask(task)) }
  } catch (error) {
    if (error instanceof UnreadableLayerError) return { unreadable: error.message }
    throw error
  }
}
