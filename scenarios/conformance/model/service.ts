// The service of the model: it answers a delivered request in time, and its worker goes on without the answer.
import type { Machine } from './machine.ts';
import { sendGranted } from './send.ts';
import { answerByMs } from './timings.ts';

/** A request at the service's door. */
export interface Delivery {
  /** The service has answered. Its content has no effect: settlement reads the authority. */
  replied(): void;
  /** The connection ended without an answer, or was not taken. */
  closed(): void;
}

/** What the service is asked to do: to send, or in SHADOW to rehearse. */
export type ServiceWork = (machine: Machine, done: () => void) => void;

/** The service takes a request. */
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

/** Claim, send, record; `done` when there is nothing more to do, with any outcome. */
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

/** Leaves a line in the service's log, which no rule of the model reads. */
export const rehearse: ServiceWork = (machine, done) => {
  machine.askTwice(machine.life('service'), { statements: 1, carryOut: () => undefined }, done);
};
