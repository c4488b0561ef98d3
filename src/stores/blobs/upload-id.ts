const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text can name an upload at all: a UUID in lower case. Nothing else was ever given out. */
export function isUploadId(text: string): boolean {
  return uuid.test(text)
}
