// testcontainers is an optional dependency: it is loaded here, and only for `--infra containers`.
import type * as Postgresql from '@testcontainers/postgresql';
import type * as General from 'testcontainers';
import { InfrastructureError } from '../../platform/errors.ts';

/** The parts of testcontainers in use. */
export type Testcontainers = typeof General & Pick<typeof Postgresql, 'PostgreSqlContainer'>;

/** Loads testcontainers. Throws an InfrastructureError that says how to install it when it is missing. */
export async function loadTestcontainers(): Promise<Testcontainers> {
  try {
    const [general, postgresql] = await Promise.all([import('testcontainers'), import('@testcontainers/postgresql')]);
    return { ...general, PostgreSqlContainer: postgresql.PostgreSqlContainer };
  } catch (cause) {
    throw new InfrastructureError('--infra containers needs testcontainers, which is not installed', {
      hint: 'npm install --save-dev testcontainers@11 @testcontainers/postgresql@11, or use --infra embedded.',
      cause,
    });
  }
}
