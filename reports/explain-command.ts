// The command that explains what is broken. Every finding ends with it, wherever it is shown.

/** What is broken: a run that ended in an anomaly, or properties that were violated. */
interface Broken {
  readonly anomaly?: { readonly kind: string } | undefined;
  readonly findings?: readonly { readonly property: string }[] | undefined;
}

/** The command for what a run breaks first; undefined if it breaks nothing. */
export function explainCommand({ anomaly, findings = [] }: Broken): string | undefined {
  const broken = anomaly?.kind ?? findings[0]?.property;
  return broken === undefined ? undefined : explainCommandOf(broken);
}

/** The command for a property, the kind of an anomaly, or a gate such as `gate 1`. */
export function explainCommandOf(broken: string): string {
  return `npx onesend explain ${broken}`;
}
