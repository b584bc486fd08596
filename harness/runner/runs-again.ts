// Chooses which scenarios of a plan are run again: those that exercised a property which was exercised too rarely, and those with a fault
// that took effect too rarely. If no scenario contributed to a demand, further runs do not help, and the verdict names the demand.
import { emptyEvidence } from '../evidence/fold.ts';
import { mergeEvidence } from '../evidence/merge.ts';
import type { Demands } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import type { PlannedScenario } from '../generators/plan.ts';

/** The outcome of one scenario. */
interface Seen {
  readonly planned: PlannedScenario;
  readonly evidence: Evidence;
}

/** Remembers the evidence of each scenario, and chooses those that are run again. */
export class RunsAgain {
  readonly #demands: Demands;
  readonly #sum = emptyEvidence();
  readonly #seen: Seen[] = [];

  constructor(demands: Demands) {
    this.#demands = demands;
  }

  /** Adds the evidence of one run. */
  add(evidence: Evidence, planned: PlannedScenario): void {
    mergeEvidence(this.#sum, evidence);
    this.#seen.push({ planned, evidence });
  }

  /** The scenarios of the next round, each once; empty if all demands are met or no scenario contributes. They are no random draws. */
  next(): PlannedScenario[] {
    const { propertyMinimum, faultMinimum } = this.#demands;
    const chosen = new Set<PlannedScenario>();
    for (const property of PROPERTY_IDS) {
      const { observed = false, exercised = 0 } = this.#sum.properties[property] ?? {};
      if (!observed) continue;
      const chances = ({ evidence }: Seen): number => evidence.properties[property]?.exercised ?? 0;
      this.#choose(chosen, propertyMinimum - exercised, chances);
    }
    for (const [fault, { bit, missing }] of Object.entries(this.#sum.faults)) {
      // A missing receipt makes the verdict inconclusive in any case.
      if (missing > 0) continue;
      const tries = ({ evidence }: Seen): number => (evidence.faults[fault] === undefined ? 0 : 1);
      this.#choose(chosen, faultMinimum - bit, tries);
    }
    return [...chosen].map(({ scenario }) => ({
      scenario: { ...scenario, name: `${scenario.name}, once more` },
      origin: 'stratified',
    }));
  }

  /** Chooses scenarios, in the order of the plan, until their earlier contributions add up to what is missing. */
  #choose(chosen: Set<PlannedScenario>, missing: number, came: (seen: Seen) => number): void {
    let left = missing;
    for (const seen of this.#seen) {
      if (left <= 0) return;
      if (came(seen) === 0) continue;
      chosen.add(seen.planned);
      left -= came(seen);
    }
  }
}
