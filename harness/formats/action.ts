// The actions by which the rig operates a system: calling an endpoint of the legacy app, running SQL, or running a command.
import { z } from 'zod';
import { statusesSchema } from './accepted-statuses.ts';

/** A program and its arguments. */
export const commandWords = z.array(z.string()).min(1);

/** SQL: one statement, several statements, or the name of a file that ends in .sql, relative to the description. */
export const sqlSchema = z.union([z.string(), z.array(z.string())]);

/** An endpoint of the legacy app. Path, body and headers can contain named values, such as :campaignId. */
export const endpointSchema = z.strictObject({
  method: z.enum(['GET', 'POST']).default('POST').describe('The method of the request.'),
  path: z.string().startsWith('/').describe('The path of an endpoint of the legacy app.'),
  body: z.exactOptional(z.string()).describe('The body of the request.'),
  headers: z.exactOptional(z.record(z.string(), z.string())).describe('The headers of the request.'),
  accepts: z
    .exactOptional(statusesSchema)
    .describe(
      "The statuses that count as a success, such as `[202, '300-399']`. Default: all below 400. The rig never follows a redirect.",
    ),
});

/** SQL, run as the owner of the database. */
const sqlActionSchema = z.strictObject({ sql: sqlSchema.describe('SQL that runs as the owner of the database.') });

/** A command. Working directory and environment default to those of the process that it belongs to. */
export const commandSchema = z.strictObject({
  command: commandWords.describe('The program and its arguments.'),
  cwd: z
    .exactOptional(z.string())
    .describe('The working directory, relative to the description. Default: that of the process that it belongs to.'),
  environment: z
    .exactOptional(z.record(z.string(), z.string()))
    .describe('All its environment variables. Default: those of the process that it belongs to.'),
});

/** A command that ends by itself. It belongs to the legacy app. */
const commandActionSchema = commandSchema.extend({
  exitCodes: z.array(z.int().min(0).max(255)).min(1).default([0]).describe('The exit codes that count as a success.'),
});

/** One action: an endpoint, SQL, or a command. */
export const actionSchema = z.union([endpointSchema, sqlActionSchema, commandActionSchema]);

/** An action whose answer the rig reads. `mapping` holds the fields that say where in the answer each value is. */
export function askingSchema<S extends z.core.$ZodLooseShape>(mapping: S) {
  return z.union([
    endpointSchema.extend(mapping),
    sqlActionSchema.extend(mapping),
    commandActionSchema.extend(mapping),
  ]);
}

/** One action as an author writes it, with defaults filled in. */
export type CheckedAction = z.output<typeof actionSchema>;

/** A command as an author writes it. */
export type CheckedCommand = z.output<typeof commandSchema>;

/** A command as the rig runs it. Arguments and values of the environment can contain placeholders. */
export interface Command {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The working directory; default: that of the rig. */
  readonly directory?: string;
}

/** One action as the rig performs it, with its files read. */
export type Action =
  | z.output<typeof endpointSchema>
  | { readonly sql: readonly string[] }
  | (Command & { readonly exitCodes: readonly number[] });
