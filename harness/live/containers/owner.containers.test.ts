import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { findEngine } from './engine.ts';
import { chooseImages } from './images.ts';
import { loadTestcontainers } from './library.ts';
import { newRunLabel, ownerLabels, removeOrphans } from './owner.ts';
import { whySkipContainers } from './why-skip.ts';

const skipped = await whySkipContainers();

describe.skipIf(skipped !== undefined)('owners of containers', () => {
  test('containers of dead rigs are removed, and those of living rigs and of other machines are kept', async () => {
    const engine = await findEngine(await loadTestcontainers());
    const { dockerode } = engine.client.container;
    const create = async (labels: Record<string, string>): Promise<string> => {
      const { id } = await dockerode.createContainer({ Image: chooseImages().toxiproxy, Labels: labels });
      return id;
    };
    const living = await create(ownerLabels(newRunLabel()));
    // The pid of a living process with another start time: the owner has died and its pid was reused.
    const dead = await create({ ...ownerLabels(newRunLabel()), 'onesend.process': `${process.pid} 0` });
    const elsewhere = await create({ 'onesend.machine': `not-${hostname()}`, 'onesend.process': '1 0' });
    try {
      expect(await removeOrphans(engine)).toBe(1);
      const left = new Set((await dockerode.listContainers({ all: true })).map(({ Id: id }) => id));
      expect([living, dead, elsewhere].map((id) => left.has(id))).toEqual([true, false, true]);
    } finally {
      await Promise.all([living, elsewhere].map((id) => dockerode.getContainer(id).remove({ force: true })));
    }
  });
});
