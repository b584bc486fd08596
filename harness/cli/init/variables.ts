// Proposes the environment variables of a process from the names in its .env.example and in its code. It reads no values, because they can
// be secrets.
import type { Role } from '../../../src/contract/message.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Field } from './field.ts';
import { textOf } from './project-files.ts';

const NAME = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=/gm;
const DATABASE_URL = /^(?:DATABASE|DB|PG|POSTGRES(?:QL)?)_(?:DSN|URI|URL)$/;
const DATABASE_PART = /^(?:DB|PG|POSTGRES)_?[A-Z]+/;
const PORT = /^(?:(?:APP|HTTP|LISTEN|SERVER)_)?PORT$/;
const ADDRESS = /^(?:(?:HTTP|LISTEN|SERVER)_)?(?:ADDR|ADDRESS)$/;
const LEADS_SOMEWHERE = /_(?:ADDR|ADDRESS|DSN|ENDPOINT|URI|URL)$/;
const PROVIDER = /NEXMO|PLIVO|PROVIDER|TWILIO|VONAGE/;
const SERVICE = /(?:^|_)(?:GO|GATEWAY|MESSAGING|SENDER|SERVICE|SMS)_/;

/** The placeholders that a process needs, each with the usual name of its variable. */
const NEEDS = {
  port: { placeholder: '${port}', variable: 'PORT', what: 'its port' },
  database: { placeholder: '${databaseUrl}', variable: 'DATABASE_URL', what: 'its database' },
  service: { placeholder: '${serviceUrl}', variable: 'SERVICE_URL', what: 'the service' },
  provider: { placeholder: '${providerUrl}', variable: 'PROVIDER_URL', what: 'the provider' },
} as const;

/** What is known about a side before its variables are proposed. */
interface ProposalBasis {
  readonly role: Role;
  readonly given: readonly Field[];
  readonly command: readonly string[];
  /** The names that its sources read. */
  readonly reads: readonly string[];
}

const READS = /(?:process\.env(?:\.|\[['"])|\b[gG]etenv\(['"]|\benv\(['"])([A-Z][A-Z0-9_]*)/g;

/** The names of variables that sources read: process.env.NAME, os.Getenv("NAME"), env('NAME'). */
export function variablesReadIn(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(READS)].map(([, name = '']) => name)))];
}

/** The variables of a side whose project is in `folder`: first the `given` ones, unchanged, then those that its files name. */
export function proposeVariables(folder: string, { role, given, command, reads }: ProposalBasis): Field[] {
  const isOpen = (name: string): boolean => given.every(({ key }) => key !== name);
  const names = namesIn(folder).filter(isOpen);
  const inCode = reads.filter((name) => isOpen(name) && !names.includes(name));
  const known = [...given, ...[...names, ...inCode].flatMap((key) => knownVariable(key, role))];
  const values = [...command, ...known.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))];
  const usual = Object.values(NEEDS)
    .filter(({ placeholder }) => role === 'legacy' || placeholder !== NEEDS.service.placeholder)
    .filter(({ placeholder }) => !values.some((value) => value.includes(placeholder)))
    .map(({ placeholder, variable, what }) => ({
      key: variable,
      value: placeholder,
      check: `a guess: neither its code nor an .env.example names a variable for ${what}`,
    }));
  const isKnown = (name: string): boolean => known.some(({ key }) => key === name);
  return [
    ...known,
    ...usual,
    ...remarks(
      folder,
      names.filter((name) => !isKnown(name)),
    ),
    ...settingsRead([...names, ...inCode].filter((name) => !isKnown(name))),
  ];
}

function namesIn(folder: string): string[] {
  return [...new Set([...textOf(folder, '.env.example').matchAll(NAME)].map(([, name = '']) => name))];
}

function knownVariable(key: string, role: Role): Field[] {
  const variable = (value: string): Field[] => [{ key, value }];
  if (DATABASE_URL.test(key)) return variable(NEEDS.database.placeholder);
  if (PORT.test(key)) return variable(NEEDS.port.placeholder);
  if (ADDRESS.test(key)) return variable('127.0.0.1:${port}');
  if (key === 'APP_URL') return variable('http://127.0.0.1:${port}');
  if (!LEADS_SOMEWHERE.test(key)) return [];
  if (PROVIDER.test(key)) return variable(NEEDS.provider.placeholder);
  return role === 'legacy' && SERVICE.test(key) ? variable(NEEDS.service.placeholder) : [];
}

/** The names of variables with the whole URL of a database. */
export function databaseUrlsIn(names: readonly string[]): string[] {
  return names.filter((name) => DATABASE_URL.test(name));
}

/** A note on the accounts, secrets and switches of sending that the code reads: most pairs do not send without them. */
function settingsRead(unknown: readonly string[]): Field[] {
  const settings = unknown.filter(
    (name) => (PROVIDER.test(name) || SERVICE.test(name)) && !LEADS_SOMEWHERE.test(name) && !DATABASE_PART.test(name),
  );
  if (settings.length === 0) return [];
  return [
    {
      key: settings.join(', '),
      check: 'read by its code: give those that it needs; credentials that look real are refused',
    },
  ];
}

/** Notes on the parts of a database URL, on variables with an unknown address, and on an .env file. */
function remarks(folder: string, unknown: readonly string[]): Field[] {
  const parts = unknown.filter((name) => DATABASE_PART.test(name));
  const leading = unknown.filter((name) => LEADS_SOMEWHERE.test(name) && !parts.includes(name));
  return [
    ...(parts.length === 0
      ? []
      : [{ key: parts.join(', '), check: 'left out; the database is given as one URL, ${databaseUrl}' }]),
    ...leading.map((key) => ({
      key,
      check: 'which address is it: ${serviceUrl}, ${providerUrl}, or one outside of the test?',
    })),
    ...(existsSync(join(folder, '.env'))
      ? [{ key: '.env', check: 'if the process reads this file, it also gets the variables that are only there' }]
      : []),
  ];
}
