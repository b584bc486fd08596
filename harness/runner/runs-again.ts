// Which scenarios of a plan are run again: those that gave a chance to a property which had too few, and those of a fault that took effect
// too rarely. What no scenario came near is not sought here, and the verdict names it.
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

/** Remembers the outcome of each scenario. */
export class RunsAgain {
  readonly #demands: Demands;
  readonly #sum = emptyEvidence();
  readonly #seen: Seen[] = [];

  constructor(demands: Demands) {
    this.#demands = demands;
  }

  /** Takes the evidence of one run. */
  add(evidence: Evidence, planned: PlannedScenario): void {
    mergeEvidence(this.#sum, evidence);
    this.#seen.push({ planned, evidence });
  }

  /** The scenarios of the next round, each once; none where all demands are met or no scenario came near. A run again is no random draw. */
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
      // No further run makes up for a receipt that is missing.
      if (missing > 0) continue;
      const tries = ({ evidence }: Seen): number => (evidence.faults[fault] === undefined ? 0 : 1);
      this.#choose(chosen, faultMinimum - bit, tries);
    }
    return [...chosen].map(({ scenario }) => ({
      scenario: { ...scenario, name: `${scenario.name}, once more` },
      origin: 'stratified',
    }));
  }

  /** Chooses scenarios, in the order of the plan, until their earlier outcomes cover what is missing. */
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
