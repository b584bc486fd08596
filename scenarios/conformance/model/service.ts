// The service of the model: it answers each delivered request in time, and its worker continues after the answer.
import type { Machine } from './machine.ts';
import { sendGranted } from './send.ts';
import { answerByMs } from './timings.ts';

/** What the caller of a delivered request gets. */
export interface Delivery {
  /** The service has answered. The content does not matter, because settlement reads the authority. */
  replied(): void;
  /** The connection ended without an answer, or was not accepted. */
  closed(): void;
}

/** The work of a request: to send, or in SHADOW to rehearse. */
export type ServiceWork = (machine: Machine, done: () => void) => void;

/** The service handles a request. */
export function serve(machine: Machine, work: ServiceWork, { replied, closed }: Delivery): void {
  const life = machine.life('service');
  if (!life.isAlive) return closed();
  let hasReplied = false;
  const reply = (): void => {
    if (hasReplied) return;
    hasReplied = true;
    cancel();
    replied();
  };
  const cancel = machine.agenda.after(answerByMs, () => machine.wake(life, reply));
  life.onDeath(() => {
    cancel();
    if (!hasReplied) closed();
  });
  machine.wake(life, () => work(machine, reply));
}

/** Claims, sends and records; calls `done` at the end, with any outcome. */
export const deliver: ServiceWork = (machine, done) => {
  const { tables, agenda } = machine;
  const life = machine.life('service');
  const token = machine.newToken();
  const claim = { statements: 2, carryOut: () => tables.claim('service', token, agenda.nowMs) };
  machine.askTwice(life, claim, (claimed) => {
    const epoch = claimed?.value;
    if (epoch === undefined) return done();
    sendGranted(machine, { life, grant: { token, epoch } }, (delivered) => {
      if (delivered === undefined) return done();
      const record = { statements: 2, carryOut: () => tables.settleAuthority(epoch, delivered) };
      machine.askTwice(life, record, done);
    });
  });
};

/** Writes a row of the service's log, which no rule of the model reads. */
export const rehearse: ServiceWork = (machine, done) => {
  machine.askTwice(machine.life('service'), { statements: 1, carryOut: () => undefined }, done);
};
