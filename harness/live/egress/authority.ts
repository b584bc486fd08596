// A certificate authority for one run, and the certificate with which the provider stubs serve the hosts of their APIs. Only this run uses
// them.
import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** The private key and the certificate of a TLS server, in PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** An authority that systems are configured to trust. */
export interface Authority {
  /** Its certificate, in PEM. */
  readonly certificate: string;
  readonly serving: TlsIdentity;
}

const BITS = 2_048;
const DAYS = 2;

/** Makes an authority with a certificate for these hosts. */
export async function makeAuthority(hosts: readonly string[]): Promise<Authority> {
  const { privateKey: key } = await promisify(generateKeyPair)('rsa', {
    modulusLength: BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const issuer = [{ name: 'commonName', value: `Onesend ${randomBytes(6).toString('hex')}` }];
  const root = signed(key, { subject: issuer, issuer, extensions: OF_AUTHORITY });
  const altNames = hosts.map((value) => ({ type: DNS_NAME, value }));
  const leaf = signed(key, {
    subject: [{ name: 'commonName', value: hosts[0] ?? 'localhost' }],
    issuer,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { certificate: root, serving: { key, cert: leaf } };
}

/** The type number of a host name in a subjectAltName. */
const DNS_NAME = 2;

const OF_AUTHORITY = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  { name: 'subjectKeyIdentifier' },
];

interface ToSign {
  readonly subject: forge.pki.CertificateField[];
  readonly issuer: forge.pki.CertificateField[];
  readonly extensions: object[];
}

/** A certificate for the public half of the key, signed by the key itself. */
function signed(pem: string, { subject, issuer, extensions }: ToSign): string {
  const key = forge.pki.privateKeyFromPem(pem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  // The first byte is 01: a leading bit of 0 keeps the number positive.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  const dayMs = 86_400_000;
  certificate.validity.notBefore = new Date(Date.now() - dayMs);
  certificate.validity.notAfter = new Date(Date.now() + DAYS * dayMs);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  certificate.setExtensions(extensions);
  certificate.sign(key, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
