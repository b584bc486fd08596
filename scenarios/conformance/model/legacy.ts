// The legacy app of the model: the entry, the mode switch, its own sends, the settlement, the user's answer.
import type { Life, Machine } from './machine.ts';
import { callService } from './road.ts';
import { sendGranted } from './send.ts';
import { deliver, rehearse } from './service.ts';

/** Gives the user the status of the answer. */
export type AnswerUser = (status: number) => void;

/** Handles one trigger of a campaign. */
export function enter(machine: Machine, life: Life, answer: AnswerUser): void {
  const { tables } = machine;
  machine.askTwice(life, { statements: ENTRY_STATEMENTS, carryOut: () => tables.open() }, (opened) => {
    if (opened === undefined) return answer(503);
    const settle = (): void => settleThenAnswer(machine, life, answer);
    if (tables.mode === 'ON') sendByService(machine, life, settle);
    else sendByLegacy(machine, life, settle);
  });
}

/** The statements of an entry: reads of the item, the balance, the flag and the items again, the reservation and the pinning. */
const ENTRY_STATEMENTS = 8;

/** ON: calls the service first. Only a timeout or a failed connection leads to a fallback; any answer does not, even an invalid one. */
function sendByService(machine: Machine, life: Life, then: () => void): void {
  machine.transact(life, BOOKKEEPING, () => {
    callService(machine, { life, work: deliver, isDisturbed: true }, (end) => {
      machine.transact(life, BOOKKEEPING, () => {
        if (end === 'failed') sendByLegacy(machine, life, then);
        else then();
      });
    });
  });
}

/** Claims the message, and sends it if the claim is granted. */
function sendByLegacy(machine: Machine, life: Life, then: () => void): void {
  const { tables, agenda } = machine;
  const token = machine.newToken();
  const claim = { statements: 1, carryOut: () => tables.claim('legacy', token, agenda.nowMs) };
  machine.askTwice(life, claim, (claimed) => {
    const epoch = claimed?.value;
    if (epoch === undefined) return then();
    sendGranted(machine, { life, grant: { token, epoch } }, (delivered) => {
      if (delivered === undefined) return then();
      const record = { statements: 1, carryOut: () => tables.settleAuthority(epoch, delivered) };
      machine.askTwice(life, record, then);
    });
  });
}

/** Settles, then answers the user. If the settlement fails, recovery does it, and the user gets the same answer. */
function settleThenAnswer(machine: Machine, life: Life, answer: AnswerUser): void {
  const { tables } = machine;
  // The first two statements read the authority and the item; a message that has not ended needs no others.
  const statements = tables.hasEnded ? 6 : 2;
  machine.askTwice(life, { statements, carryOut: () => tables.settle() }, () => {
    answer(200);
    if (tables.mode === 'SHADOW') rehearseByService(machine, life);
  });
}

/** Starts the rehearsal of SHADOW, after the user's answer. It takes time but changes no row of the model. */
function rehearseByService(machine: Machine, life: Life): void {
  machine.transact(life, BOOKKEEPING, () => {
    callService(machine, { life, work: rehearse, isDisturbed: false }, () => {
      machine.transact(life, BOOKKEEPING, () => undefined);
    });
  });
}

/** Reads or writes the breaker. The result does not matter, because a single call neither opens a breaker nor finds it OPEN. */
const BOOKKEEPING = { statements: 1, carryOut: () => undefined };
