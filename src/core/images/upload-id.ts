const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text can be the id of an upload: a lower-case UUID, and so safe as the name of a file. */
export function isUploadId(text: string): boolean {
  return pattern.test(text)
}
