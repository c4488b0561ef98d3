/** Documents are percent-encoded in answers. @see IAM API reference, GetRolePolicy; RFC 3986 */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
