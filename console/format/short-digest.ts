/** The beginning of a digest that tells images of a repository apart: `sha256:0123456789ab`. */
export function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:.{12}).*$/, '$1')
}
