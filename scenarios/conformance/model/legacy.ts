// The legacy app of the model: the entry, the mode's switch, its own sends, the settlement, the user's answer.
import type { Life, Machine } from './machine.ts';
import { callService } from './road.ts';
import { sendGranted } from './send.ts';
import { deliver, rehearse } from './service.ts';

/** The outcome of a user's request. */
export type AnswerUser = (status: number) => void;

/** One trigger. */
export function enter(machine: Machine, life: Life, answer: AnswerUser): void {
  const { tables } = machine;
  machine.askTwice(life, { statements: ENTRY_STATEMENTS, carryOut: () => tables.open() }, (opened) => {
    if (opened === undefined) return answer(503);
    const settle = (): void => settleThenAnswer(machine, life, answer);
    if (tables.mode === 'ON') sendByService(machine, life, settle);
    else sendByLegacy(machine, life, settle);
  });
}

/** Reading the item, the balance, the flag and the items again, reserving and pinning. */
const ENTRY_STATEMENTS = 8;

/** ON: the service first. Only silence and a broken way are reasons to compete; an answer of any kind, however odd, is none. */
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

/** Competes for the authority, and sends if it wins. */
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

/** A settlement that fails is left to recovery: the user gets the same answer. */
function settleThenAnswer(machine: Machine, life: Life, answer: AnswerUser): void {
  const { tables } = machine;
  // The authority and the item are read first; what has not ended is left at that.
  const statements = tables.hasEnded ? 6 : 2;
  machine.askTwice(life, { statements, carryOut: () => tables.settle() }, () => {
    answer(200);
    if (tables.mode === 'SHADOW') rehearseByService(machine, life);
  });
}

/** The rehearsal of SHADOW begins once the user is served. It changes none of the model's rows, and that is all the model has of it. */
function rehearseByService(machine: Machine, life: Life): void {
  machine.transact(life, BOOKKEEPING, () => {
    callService(machine, { life, work: rehearse, isDisturbed: false }, () => {
      machine.transact(life, BOOKKEEPING, () => undefined);
    });
  });
}

/** Asks or informs the breaker. With any result, one call neither opens a breaker nor meets an open one. */
const BOOKKEEPING = { statements: 1, carryOut: () => undefined };
