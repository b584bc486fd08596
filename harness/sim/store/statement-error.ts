// The error of a verb of the store port whose statement the simulated database refuses, or whose connection is lost.

/** The SQL states of the simulated database. */
export const SQL_STATES = {
  notNull: '23502',
  unique: '23505',
  check: '23514',
  serialization: '40001',
  deadlock: '40P01',
  privilege: '42501',
  connectionLost: '08006',
} as const;

/** A refused statement, which aborts its transaction with this SQL state. It has no stack: the place in the simulator helps no reader. */
export class StatementError extends Error {
  readonly sqlState: string;

  constructor(sqlState: string, message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`the transaction is aborted: ${sqlState}: ${message}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'StatementError';
    this.sqlState = sqlState;
  }
}
