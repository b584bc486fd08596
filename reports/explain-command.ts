// The command that explains a violated property, an anomaly or a gate. Every report shows it with each finding.

/** What a run broke: the anomaly that ended it, or the properties that it violated. */
interface Broken {
  readonly anomaly?: { readonly kind: string } | undefined;
  readonly findings?: readonly { readonly property: string }[] | undefined;
}

/** The command for a run's anomaly, or for its first finding; undefined if it has neither. */
export function explainCommand({ anomaly, findings = [] }: Broken): string | undefined {
  const broken = anomaly?.kind ?? findings[0]?.property;
  return broken === undefined ? undefined : explainCommandOf(broken);
}

/** The command for a property, the kind of an anomaly, or a gate such as `gate 1`. */
export function explainCommandOf(broken: string): string {
  return `npx onesend explain ${broken}`;
}
