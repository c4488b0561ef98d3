/** Whether a path is that of a queue's URL, to which clients of SQS's Query protocol send what they ask of the queue. */
export function isQueuePath(path: string): boolean {
  return /^\/\d{12}\/[A-Za-z0-9_-]{1,80}$/.test(path)
}
