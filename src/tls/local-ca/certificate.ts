import { createPublicKey, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Extension,
  Extensions,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'

/** What a certificate says. */
export interface CertificateContent {
  /** The common name, of at most 64 characters. */
  readonly subject: string
  /** The issuer's certificate, PEM; none for one that signs itself. */
  readonly issuer?: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** The subject's key, private or public. */
  readonly key: KeyObject
  readonly extensions: readonly Extension[]
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const rsaWithSha256 = '1.2.840.113549.1.1.11'
/** DER's NULL, which RSA's algorithms have for parameters (RFC 4055, section 5). */
const noParameters = Uint8Array.of(5, 0).buffer
const commonName = '2.5.4.3'
const organisation = '2.5.4.10'

/** A certificate in PEM, signed with the issuer's key: of RSA or on the curve P-256 (RFC 5280, section 4.1; RFC 5758, section 3.2). */
export function signCertificate(content: CertificateContent, issuerKey: KeyObject): string {
  const signatureAlgorithm = algorithmOf(issuerKey)
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: bufferOf(serialNumber()),
    signature: signatureAlgorithm,
    issuer: content.issuer === undefined ? nameOf(content.subject) : subjectOf(content.issuer),
    validity: new Validity({ notBefore: content.notBefore, notAfter: content.notAfter }),
    subject: nameOf(content.subject),
    subjectPublicKeyInfo: publicKeyInfo(content.key),
    ...(content.extensions.length > 0 && { extensions: new Extensions([...content.extensions]) }),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), issuerKey)
  const signatureValue = bufferOf(signature)
  return pem(AsnConvert.serialize(new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue })))
}

function algorithmOf({ asymmetricKeyType }: KeyObject): AlgorithmIdentifier {
  return asymmetricKeyType === 'rsa'
    ? new AlgorithmIdentifier({ algorithm: rsaWithSha256, parameters: noParameters })
    : new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 })
}

/** One extension, its value one of the structures of RFC 5280. */
export function extension(
  id: string,
  value: unknown,
  { critical }: { readonly critical: boolean },
): Extension {
  return new Extension({ extnID: id, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })
}

/** 126 random bits in sixteen octets, positive and in DER's shortest form (RFC 5280, section 4.1.2.2). */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f)
  return bytes
}

function nameOf(common: string): Name {
  const part = (type: string, utf8String: string) =>
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String }) }),
    ])
  return new Name([part(organisation, 'Berth'), part(commonName, common)])
}

/** As the certificate has it, octet by octet: readers compare names so. */
function subjectOf(cert: string): Name {
  return AsnConvert.parse(new X509Certificate(cert).raw, Certificate).tbsCertificate.subject
}

function publicKeyInfo(key: KeyObject): SubjectPublicKeyInfo {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo)
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

function pem(der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
