// The settings of the rig's PostgreSQL, and why it can be faster than a real one without being less strict.

/** The settings that must be in effect when the cluster is made. */
export const initialSettings: Record<string, string> = {
  // Shared memory is kept in files below the data directory, so that it is always removed with the directory.
  dynamic_shared_memory_type: 'mmap',
  // PostgreSQL's own default. Random passwords would be safe with fewer, but drivers such as Go's lib/pq refuse fewer than 4096.
  scram_iterations: '4096',
};

/** The settings of a server of the rig's own, as arguments of the program: on loopback, and without a socket file. */
export function serverArguments({ port, maxConnections }: { port: number; maxConnections: number }): string[] {
  return argumentsOf({
    ...settings(maxConnections),
    port: String(port),
    // Loopback only, and no socket file, which would be reachable without the network.
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  });
}

/** The same settings for a server in a container, which keeps the port, the addresses and the socket of its image. */
export function containerArguments({ maxConnections }: { maxConnections: number }): string[] {
  return argumentsOf(settings(maxConnections));
}

function argumentsOf(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function settings(maxConnections: number): Record<string, string> {
  return {
    ...durability,
    ...lowLoad,
    ...logging,
    max_connections: String(maxConnections),
    // Observers order commits by the database's own clock.
    track_commit_timestamp: 'on',
    timezone: 'UTC',
  };
}

/**
 * The rig kills processes, never the machine, and the kernel keeps what a killed process has written. So nothing needs to reach
 * the disk. A commit still waits until it is written, and what was acknowledged survives every fault that the rig injects.
 */
const durability = {
  synchronous_commit: 'on',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '512MB',
  checkpoint_timeout: '30min',
};

/** The machine is shared with the systems under certification: a busy server would distort their timings. */
const lowLoad = {
  jit: 'off',
  shared_buffers: '64MB',
  max_parallel_workers_per_gather: '0',
  // One worker is enough to keep the small, often updated tables of a long run short.
  autovacuum_max_workers: '1',
  autovacuum_naptime: '30s',
};

/** Statements can hold passwords, so the log holds errors without their statements. */
const logging = {
  logging_collector: 'off',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %u@%d ',
  log_min_error_statement: 'panic',
};
