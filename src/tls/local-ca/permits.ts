import { X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, id_ce_nameConstraints, NameConstraints } from '@peculiar/asn1-x509'
import type { LocalAuthority, Permitted } from './local-authority.ts'

/** What a CA was made for. */
export function permittedBy({ cert }: LocalAuthority): Permitted {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(cert).raw, Certificate)
  const found = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints)
  const subtrees = found ? (AsnConvert.parse(found.extnValue, NameConstraints).permittedSubtrees ?? []) : []
  return {
    domains: subtrees.flatMap(({ base }) => base.dNSName ?? []),
    addresses: subtrees.flatMap(({ base }) => base.iPAddress ?? []),
  }
}

/** What of `wanted` a CA that was made for `permitted` can't certify. */
export function missingFrom(permitted: Permitted, wanted: Permitted): readonly string[] {
  return [
    ...wanted.domains.filter((name) => !permitted.domains.some((domain) => isBelow(name, domain))),
    ...wanted.addresses.filter((address) => !permitted.addresses.includes(address)),
  ]
}

/** RFC 5280, section 4.2.1.10: a name fits a constraint when it is the same, or has more labels to its left. */
function isBelow(name: string, domain: string): boolean {
  return (
    name.toLowerCase() === domain.toLowerCase() || name.toLowerCase().endsWith(`.${domain.toLowerCase()}`)
  )
}
