// The most common sabotages: a call, or its answer, that is changed on its way.
import type { CallExchange, ProviderExchange, Sabotage, WireAnswer, WireRequest } from './exchange.ts';
import { openBatch, openResults, type WireBatch, type WireResults } from './wire-batch.ts';

/** Passes on what `edit` makes of the request; a request that it leaves as it is, is passed on unmarked. */
export function rewritingRequest(edit: (batch: WireBatch) => boolean): Sabotage<CallExchange> {
  return (exchange) => exchange.forward(edited(exchange, edit) ?? exchange.request);
}

/** Passes a request on, and then what `edit` makes of it. The caller gets the first answer. */
export function askingAgain(edit: (batch: WireBatch) => boolean): Sabotage<CallExchange> {
  return async (exchange) => {
    const reply = await exchange.forward(exchange.request);
    const again = edited(exchange, edit);
    if (again !== undefined) await exchange.forward(again);
    return reply;
  };
}

/** The request as `edit` changes it, with the marker; undefined where it changes nothing. */
export function edited(exchange: CallExchange, edit: (batch: WireBatch) => boolean): WireRequest | undefined {
  const batch = openBatch(exchange.request, exchange.protocol);
  if (!edit(batch)) return undefined;
  exchange.tookEffect();
  return batch.toRequest();
}

/** Gives the caller what `edit` makes of an answer. */
export function rewritingAnswer(edit: (results: WireResults) => boolean): Sabotage<CallExchange> {
  return async (exchange) => {
    const answer = await exchange.forward(exchange.request);
    if (typeof answer === 'string') return answer;
    const results = openResults(answer, exchange.protocol);
    if (!edit(results)) return answer;
    exchange.tookEffect();
    return results.toAnswer();
  };
}

/** Passes on a call to the provider in which a text was replaced, however it is encoded there. */
export function rewritingMessage(
  from: 'recipient' | 'body',
  replace: (text: string) => string,
): Sabotage<ProviderExchange> {
  return (exchange) => {
    const { request, items } = exchange;
    for (const item of items) {
      const body = withReplaced(request.body, item[from], replace(item[from]));
      if (body === request.body) continue;
      exchange.tookEffect();
      return exchange.forward({ ...request, body });
    }
    return exchange.forward(request);
  };
}

/** The text with one part replaced, which may be in it as it is, in a form, in a URL or in JSON. */
export function withReplaced(text: string, from: string, to: string): string {
  const encodings = [asForm, encodeURIComponent, asJson, asItIs];
  const found = encodings.find((encode) => text.includes(encode(from)));
  return found === undefined ? text : text.replaceAll(found(from), () => found(to));
}

function asForm(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asItIs(text: string): string {
  return text;
}

/** Another number of the same length: the last digit is another one. */
export function otherNumber(number: string): string {
  return number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 5) % 10));
}

/** Whether an answer says that something was done. */
export function isSuccess(reply: WireAnswer | string): reply is WireAnswer {
  return typeof reply !== 'string' && reply.status >= 200 && reply.status < 300;
}
