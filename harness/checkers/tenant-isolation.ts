// S22 TenantIsolation: a message is sent with its own tenant's account at its own provider, and requested in the name of its own tenant.
import type { Checker } from '../formats/finding.ts';
import { callsAt } from '../history/calls.ts';
import { eventsOf } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { createReport, nameOf } from './report.ts';

/** Compares the account of every attempt with the item's, and the tenant of every request with the message's; exercised only by several. */
export const tenantIsolation: Checker = {
  property: 'S22',
  vantages: ['wire'],
  check(history) {
    const report = createReport('S22');
    const messages = messagesOf(history);
    const hasSeveral = new Set([...history.tenants, ...messages.all].map(({ account }) => account)).size > 1;
    for (const attempt of eventsOf(history, 'attempt')) {
      const message = messages.byItem.get(attempt.item ?? '');
      if (message?.account === undefined) continue;
      if (hasSeveral) report.exercised();
      if (attempt.account === message.account) continue;
      const expected = `${message.account} of ${message.tenant}`;
      report.found(`${nameOf(attempt.system)} sent ${message.item} with ${attempt.account} instead of ${expected}`, {
        items: [message.item],
        by: [attempt],
      });
    }
    for (const { request } of callsAt(history, 'front')) {
      if (request === undefined || request.tenantId === null) continue;
      for (const messageUuid of request.uuids) {
        const message = messages.itemOf(messageUuid);
        if (message === undefined) continue;
        if (history.tenants.length > 1) report.exercised();
        if (request.tenantId === message.tenantId) continue;
        report.found(`${message.item} of ${message.tenant} was requested in the name of tenant ${request.tenantId}`, {
          items: [message.item],
          by: [request],
        });
      }
    }
    return report.result();
  },
};
