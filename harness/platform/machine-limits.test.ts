import { describe, expect, test } from 'vitest';
import { availableCores, availableMegabytes, controlGroupLimits } from './machine-limits.ts';

const MB = 1_048_576;

function limitsWith(files: Readonly<Record<string, string>>) {
  return controlGroupLimits((path) => files[path]);
}

const NONE = {
  memoryBytes: Number.POSITIVE_INFINITY,
  cores: Number.POSITIVE_INFINITY,
  processes: Number.POSITIVE_INFINITY,
};

describe('the limits of control groups', () => {
  test('the limits of control groups of version 2 are those of the group and of its ancestors', () => {
    const limits = limitsWith({
      '/proc/self/cgroup': '0::/job/step\n',
      '/sys/fs/cgroup/job/memory.max': String(700 * MB),
      '/sys/fs/cgroup/job/memory.current': String(300 * MB),
      '/sys/fs/cgroup/job/memory.stat': `anon 5\ninactive_file ${100 * MB}\n`,
      '/sys/fs/cgroup/job/step/memory.max': 'max\n',
      '/sys/fs/cgroup/job/step/cpu.max': '150000 100000\n',
    });
    expect(limits).toEqual({ ...NONE, memoryBytes: 500 * MB, cores: 1.5 });
  });

  test('the limits of control groups of version 1 are read from a folder for each controller', () => {
    const limits = limitsWith({
      '/proc/self/cgroup': '8:pids:/job\n4:memory:/job\n1:cpu,cpuacct:/job\n0::/\n',
      '/sys/fs/cgroup/memory/job/memory.limit_in_bytes': String(700 * MB),
      '/sys/fs/cgroup/memory/job/memory.usage_in_bytes': String(200 * MB),
      '/sys/fs/cgroup/memory/job/memory.stat': `total_inactive_file ${50 * MB}\n`,
      '/sys/fs/cgroup/pids/job/pids.max': '100\n',
      '/sys/fs/cgroup/pids/job/pids.current': '10\n',
      '/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us': '50000\n',
      '/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us': '100000\n',
    });
    expect(limits).toEqual({ memoryBytes: 550 * MB, cores: 0.5, processes: 90 });
  });

  test('the limits of control groups of a container whose path is that of the host are found at the root', () => {
    const limits = limitsWith({
      '/proc/self/cgroup': '0::/docker/abc\n',
      '/sys/fs/cgroup/memory.max': String(512 * MB),
      '/sys/fs/cgroup/cpu.max': 'max 100000\n',
    });
    expect(limits).toEqual({ ...NONE, memoryBytes: 512 * MB });
  });

  test('the limits of control groups leave nothing when they are used up, and are infinite when there are none', () => {
    const full = { '/sys/fs/cgroup/memory.max': '5', '/sys/fs/cgroup/memory.current': '9' };
    expect(limitsWith({ '/proc/self/cgroup': '0::/', ...full }).memoryBytes).toBe(0);
    expect(limitsWith({})).toEqual(NONE);
    const unlimited = { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1' };
    expect(limitsWith({ '/proc/self/cgroup': '1:cpu:/', ...unlimited })).toEqual(NONE);
  });
});

test('this machine has some of each limited resource left', () => {
  expect(availableCores()).toBeGreaterThanOrEqual(1);
  expect(availableMegabytes()).toBeGreaterThan(0);
});
