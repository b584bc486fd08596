// The most common sabotages: changing a call or its answer in flight.
import type { CallExchange, ProviderExchange, Sabotage, WireAnswer, WireRequest } from './exchange.ts';
import { openBatch, openResults, type WireBatch, type WireResults } from './wire-batch.ts';

/** Passes on the request as `edit` changes it. A request that `edit` does not change leaves no marker. */
export function rewritingRequest(edit: (batch: WireBatch) => boolean): Sabotage<CallExchange> {
  return (exchange) => exchange.forward(edited(exchange, edit) ?? exchange.request);
}

/** Passes a request on, and then once more as `edit` changes it. The caller gets the first answer. */
export function askingAgain(edit: (batch: WireBatch) => boolean): Sabotage<CallExchange> {
  return async (exchange) => {
    const reply = await exchange.forward(exchange.request);
    const again = edited(exchange, edit);
    if (again !== undefined) await exchange.forward(again);
    return reply;
  };
}

/** Leaves the marker and returns the request as `edit` changes it; undefined when it changes nothing. */
export function edited(exchange: CallExchange, edit: (batch: WireBatch) => boolean): WireRequest | undefined {
  const batch = openBatch(exchange.request, exchange.protocol);
  if (!edit(batch)) return undefined;
  exchange.tookEffect();
  return batch.toRequest();
}

/** Gives the caller the answer as `edit` changes it. */
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

/** Passes on a call to the provider with one text replaced, in the encoding that the call uses. */
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

/** The text with one part replaced. The part can be encoded for a form, a URL or JSON, or not at all. */
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

/** A number of the same length with another last digit. */
export function otherNumber(number: string): string {
  return number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 5) % 10));
}

/** Whether a reply is an answer with a status of success. */
export function isSuccess(reply: WireAnswer | string): reply is WireAnswer {
  return typeof reply !== 'string' && reply.status >= 200 && reply.status < 300;
}
