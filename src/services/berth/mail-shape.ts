import type { KeptMail } from '../../stores/metadata/mailbox.ts'
import type { Mail } from './shapes.ts'

export function mailShape({ id, at, ...mail }: KeptMail): Mail {
  return { mailId: id, sentAt: at, ...mail }
}
