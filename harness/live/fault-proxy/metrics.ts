// The counters of /metrics: bytes received and sent by links that have ended, in the text format of Prometheus.
import type { Link } from './link.ts';

/** The labels of a proxy's counters. */
export interface MetricLabels {
  readonly proxy: string;
  readonly listener: string;
  readonly upstream: string;
}

interface Counters {
  received: number;
  sent: number;
}

/** The media type of the metrics. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';

/** Counts bytes per proxy and direction. */
export class ProxyMetrics {
  readonly #counters = new Map<string, Counters>();

  /** Adds the bytes of a closed link. A link that never reached its upstream has none. */
  record(labels: MetricLabels, link: Link): void {
    for (const direction of ['upstream', 'downstream'] as const) {
      const pipeline = link.pipeline(direction);
      if (pipeline === undefined) continue;
      const key = labelText({ direction, ...labels });
      const counters = this.#counters.get(key) ?? { received: 0, sent: 0 };
      counters.received += pipeline.inlet.receivedBytes;
      counters.sent += pipeline.outlet.sentBytes;
      this.#counters.set(key, counters);
    }
  }

  /** The text of /metrics, with the labels of each counter in order. */
  text(): string {
    return [
      ...family('promhttp_metric_handler_errors_total', {
        help: 'Total number of internal errors encountered by the promhttp metric handler.',
        samples: [
          ['{cause="encoding"}', 0],
          ['{cause="gathering"}', 0],
        ],
      }),
      ...this.#family('toxiproxy_proxy_received_bytes_total', 'received'),
      ...this.#family('toxiproxy_proxy_sent_bytes_total', 'sent'),
    ].join('');
  }

  #family(name: string, counter: keyof Counters): string[] {
    const samples = [...this.#counters].map(([key, counters]): Sample => [key, counters[counter]]);
    return samples.length === 0 ? [] : family(name, { help: '', samples });
  }
}

type Sample = readonly [labels: string, value: number];

function family(name: string, { help, samples }: { help: string; samples: readonly Sample[] }): string[] {
  const ordered = samples.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    `# HELP ${name} ${help}\n# TYPE ${name} counter\n`,
    ...ordered.map(([labels, value]) => `${name}${labels} ${valueText(value)}\n`),
  ];
}

function labelText(labels: MetricLabels & { readonly direction: string }): string {
  const pairs = [
    ['direction', labels.direction],
    ['listener', labels.listener],
    ['proxy', labels.proxy],
    ['upstream', labels.upstream],
  ].map(([name, value]) => `${name ?? ''}="${escapeLabel(value ?? '')}"`);
  return `{${pairs.join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function valueText(value: number): string {
  if (value < 1e6) return String(value);
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1');
}
