// The decision sites of the simulated world with the names of their choices. Those of the store are in `store/store-sites.ts`.
import type { DecisionSite } from './decide.ts';

/** What happens to a request on its way from the legacy app to the service. */
export const REQUEST_SITE = {
  name: 'request',
  choices: ['deliver', 'delay', 'drop', 'reset', 'refuse', 'duplicate', 'duplicate-late', 'reorder', 'gateway-error'],
} as const satisfies DecisionSite;

/** What happens to an answer of the service on its way back. In every case the service has already done its work. */
export const ANSWER_SITE = {
  name: 'answer',
  choices: [
    'deliver',
    'delay',
    'drop',
    'reset',
    'cut',
    'drip',
    'just-before-budget',
    'at-budget',
    'just-after-budget',
    'gateway-error',
    'garbage',
  ],
} as const satisfies DecisionSite;

/** What the provider does with a message. */
export const PROVIDER_SITE = {
  name: 'provider',
  choices: [
    'accept',
    'reject',
    'too-many-requests',
    'slow',
    'accept-lose-reply',
    'error-accepted',
    'error-not-accepted',
    'refuse',
    'reset-before',
  ],
} as const satisfies DecisionSite;

/** What happens to the service at the moment when an event wakes it. */
export const SERVICE_WAKE_SITE = {
  name: 'service',
  choices: ['go', 'crash', 'pause'],
} as const satisfies DecisionSite;

/** What happens at the moment when an event wakes the legacy app: to the app itself, or to the modes and campaigns around it. */
export const LEGACY_WAKE_SITE = {
  name: 'legacy',
  choices: ['go', 'crash', 'pause', 'flip', 'redeliver'],
} as const satisfies DecisionSite;

/** How the clock of a process differs from the true time: by a constant offset, or by a step some time after the process starts. */
export const CLOCK_SITE = {
  name: 'clock',
  choices: [
    'exact',
    'ahead-by-lease',
    'behind-by-lease',
    'ahead-by-budget',
    'behind-by-budget',
    'steps-ahead',
    'steps-back',
  ],
} as const satisfies DecisionSite;

/** Which of two events of different processes at the same instant happens first. */
export const TIE_SITE = { name: 'tie', choices: ['in-order', 'reversed'] } as const satisfies DecisionSite;

/** Which service process a request reaches when two are up. */
export const ROUTE_SITE = { name: 'route', choices: ['first', 'second'] } as const satisfies DecisionSite;

/** Whether a client repeats the uuid of one of the service's attempts with another payload, at once or after the send is over. */
export const CLIENT_SITE = {
  name: 'client',
  choices: ['silent', 'another-text', 'another-number', 'another-text-at-once'],
} as const satisfies DecisionSite;

/** All sites of this file. */
export const WORLD_SITES: readonly DecisionSite[] = [
  REQUEST_SITE,
  ANSWER_SITE,
  PROVIDER_SITE,
  SERVICE_WAKE_SITE,
  LEGACY_WAKE_SITE,
  CLOCK_SITE,
  TIE_SITE,
  ROUTE_SITE,
  CLIENT_SITE,
];
