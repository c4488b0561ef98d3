/** What an image is, in the words of ECR's console. */
export function artifactType(manifestType: string | undefined, artifactType: string | undefined): string {
  if (/manifest\.list|image\.index/.test(manifestType ?? '')) return 'Image index'
  if (artifactType === undefined || /container\.image|image\.config/.test(artifactType)) return 'Image'
  if (/helm/.test(artifactType)) return 'Helm chart'
  if (/notary|cosign|signature/.test(artifactType)) return 'Signature'
  if (/spdx|cyclonedx|sbom/.test(artifactType)) return 'SBOM'
  return 'Other'
}
