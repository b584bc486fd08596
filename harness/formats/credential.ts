// Finds credentials that look real in what a system is started with, because a system under test must reach nothing but the rig. Their
// values are compared and masked, and never shown.

import { SystemDescriptionError } from '../platform/errors.ts';

/** A value that looks like a real credential, and where it is. */
export interface Credential {
  /** Its path in the description, or a file and the name in it. The author confirms the credential by this text. */
  readonly place: string;
  /** What it looks like, for example `an AWS access key`. */
  readonly kind: string;
  /** The value itself; all output masks it. */
  readonly secret: string;
  /** Whether the description allows the system to have it. */
  readonly isConfirmed: boolean;
}

/** A named text that is searched for credentials, such as a variable of a process. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A credential that was found in a text. */
export type FoundCredential = Pick<Credential, 'kind' | 'secret'>;

/** Patterns that identify a credential without its name. */
const BY_FORM: readonly { readonly kind: string; readonly form: RegExp }[] = [
  { kind: 'a Twilio account SID', form: /\bAC[0-9a-f]{32}\b/gi },
  { kind: 'a Twilio API key SID', form: /\bSK[0-9a-f]{32}\b/gi },
  { kind: 'an AWS access key', form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { kind: 'a JSON web token', form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g },
  { kind: 'a live key of Stripe', form: /\b[sr]k_live_[0-9A-Za-z]{16,}/g },
  { kind: 'a private key', form: /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+/g },
];

/** Patterns that many harmless values match too: they count only under a name that matches as well. */
const BY_NAME: readonly { readonly kind: string; readonly name: RegExp; readonly form: RegExp }[] = [
  { kind: 'a Twilio auth token', name: /TWILIO.*(?:TOKEN|SECRET|PASS)/i, form: /^[0-9a-f]{32}$/i },
  { kind: 'a Twilio API secret', name: /TWILIO.*SECRET/i, form: /^[0-9A-Za-z]{32}$/ },
  { kind: 'an AWS secret key', name: /AWS.*SECRET|SECRET.*ACCESS.*KEY/i, form: /^[0-9A-Za-z/+]{40}$/ },
  { kind: 'a Vonage API key', name: /(?:VONAGE|NEXMO).*KEY/i, form: /^[0-9a-f]{8}$/i },
  { kind: 'a Vonage API secret', name: /(?:VONAGE|NEXMO).*SECRET/i, form: /^[0-9A-Za-z]{16}$/ },
];

/** Beside a Twilio SID, a value of this form under such a name is the token of the SID. */
const TOKEN = { name: /TOKEN|SECRET|PASS|AUTH/i, form: /^[0-9a-f]{32}$/i };

const DATABASE_URL = /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|sqlserver):\/\/[^\s'"]+/gi;
const DATABASE_HOST = /^(?:DB|DATABASE|PG|POSTGRES|MYSQL|MONGO|REDIS)_?HOST$/i;

/** The credentials in a text, each once. `beside` holds the texts next to it, such as the other variables of the process. */
export function findCredentials(text: NamedText, beside: readonly NamedText[]): FoundCredential[] {
  const found = [...byForm(text.text), ...byName(text), ...besideTwilio(text, beside), ...databases(text)];
  return found.filter(({ secret }, index) => found.findIndex((other) => other.secret === secret) === index);
}

/** Replaces every credential that its form alone identifies by its kind in brackets. */
export function maskForms(text: string): string {
  return [...byForm(text), ...databaseUrls(text)].reduce(
    (masked, { kind, secret }) => masked.replaceAll(secret, `[${kind}]`),
    text,
  );
}

function byForm(text: string): FoundCredential[] {
  return BY_FORM.flatMap(({ kind, form }) =>
    Array.from(text.matchAll(form), ([secret]) => ({ kind, secret })).filter(({ secret }) => isVaried(secret)),
  );
}

function byName({ name, text }: NamedText): FoundCredential[] {
  const rule = BY_NAME.find((each) => each.name.test(name) && each.form.test(text));
  return rule === undefined || !isVaried(text) ? [] : [{ kind: rule.kind, secret: text }];
}

function besideTwilio({ name, text }: NamedText, beside: readonly NamedText[]): FoundCredential[] {
  if (!TOKEN.name.test(name) || !TOKEN.form.test(text) || !isVaried(text)) return [];
  const hasSid = beside.some((other) => byForm(other.text).some(({ kind }) => kind.startsWith('a Twilio')));
  return hasSid ? [{ kind: 'a Twilio auth token', secret: text }] : [];
}

function databases({ name, text }: NamedText): FoundCredential[] {
  const isForeignHost = DATABASE_HOST.test(name) && isForeign(text);
  return [...databaseUrls(text), ...(isForeignHost ? [{ kind: 'the host of a database', secret: text }] : [])];
}

function databaseUrls(text: string): FoundCredential[] {
  const urls = Array.from(text.matchAll(DATABASE_URL), ([url]) => url);
  return urls
    .filter((url) => isForeign(URL.canParse(url) ? new URL(url).hostname : ''))
    .map((secret) => ({ kind: 'the URL of a database on another machine', secret }));
}

/** Whether a host is on another machine. A placeholder, as in `${databaseUrl}`, is no host. */
function isForeign(host: string): boolean {
  return host !== '' && !host.includes('$') && !/^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$|^\//i.test(host);
}

/** Tells real secrets from the examples in documentation, which repeat a few characters or contain the word EXAMPLE. */
function isVaried(secret: string): boolean {
  return !/EXAMPLE/i.test(secret) && new Set(secret.slice(2).toLowerCase()).size >= 4;
}

/** The error for a system with unconfirmed credentials; undefined if it has none. */
export function refusalOfCredentials(
  system: string,
  credentials: readonly Credential[],
): SystemDescriptionError | undefined {
  const open = credentials.filter(({ isConfirmed }) => !isConfirmed);
  const [first] = open;
  if (first === undefined) return undefined;
  const found = open.map(({ place, kind }) => `${place} looks like ${kind}`).join(', ');
  return new SystemDescriptionError(`${system}: ${found}`, {
    hint: `remove it, or add \`confirmed: ['${first.place}']\` to the description`,
  });
}
