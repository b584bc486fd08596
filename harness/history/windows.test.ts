import { expect, test } from 'vitest';
import { at, historyOf, nemesis } from './history.fixture.ts';
import { crashWindows, deathIndex, downWindows, exitWindows } from './windows.ts';

const inMs = ({ fromEarliest, untilLatest }: { fromEarliest: number; untilLatest: number }) => [
  fromEarliest / 1_000,
  untilLatest / 1_000,
];

test('the absence of one instance does not end when another instance serves again', () => {
  const history = historyOf({}, [
    at(50, nemesis({ crash: 'service', instance: 2 })),
    at(150, nemesis({ terminate: 'service' })),
    at(160, nemesis({ exit: 'service' })),
    at(250, nemesis({ restart: 'service', instance: 2 })),
    at(950, nemesis({ restart: 'service' })),
  ]);
  expect(downWindows(history, 'service').map(inMs)).toEqual([
    [150, 950],
    [50, 250],
  ]);
  expect(exitWindows(history, 'service').map(({ window }) => inMs(window))).toEqual([[160, 950]]);
  expect(crashWindows(history, 'service').map(inMs)).toEqual([[50, 250]]);
  expect(deathIndex(history, 'service').windows.map(inMs)).toEqual([[50, 250]]);
});

test('a window of all instances is a window of each', () => {
  const history = historyOf({}, [
    at(50, nemesis({ terminate: 'service' })),
    at(60, nemesis({ crash: 'service', instance: 1 })),
    at(200, nemesis({ restart: 'service' })),
    at(260, nemesis({ restart: 'service', instance: 1 })),
  ]);
  expect(downWindows(history, 'service').map(inMs)).toEqual([[50, 200]]);
  expect(crashWindows(history, 'service').map(inMs)).toEqual([[60, 200]]);
});
