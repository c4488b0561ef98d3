/** One address, in one line, that an SMTP server can be told. */
const address = /^[^\s@<>()",;:\\[\]]{1,64}@[A-Za-z0-9.-]{1,253}$/

export function isEmailAddress(text: string): boolean {
  return address.test(text)
}
