// What the rig may do to a system beside sending messages through it: call an endpoint of the legacy app, run SQL, or run a command.
import { z } from 'zod';
import { statusesSchema } from './accepted-statuses.ts';

/** A program and its arguments. */
export const commandWords = z.array(z.string()).min(1);

/** SQL: one statement, several, or the name of a file that ends in .sql, relative to the description. */
export const sqlSchema = z.union([z.string(), z.array(z.string())]);

/** An endpoint of the legacy app. Path, body and headers may hold named values, such as :campaignId. */
export const endpointSchema = z.strictObject({
  method: z.enum(['GET', 'POST']).default('POST'),
  path: z.string().startsWith('/'),
  body: z.exactOptional(z.string()),
  headers: z.exactOptional(z.record(z.string(), z.string())),
  /** The statuses of a success. Unless given, all below 400: a redirect is an answer, and is never followed. */
  accepts: z.exactOptional(statusesSchema),
});

/** SQL, run as the owner of the database. */
const sqlActionSchema = z.strictObject({ sql: sqlSchema });

/** A command, in the place and with the variables of the process that it belongs to unless given. */
export const commandSchema = z.strictObject({
  command: commandWords,
  cwd: z.exactOptional(z.string()),
  environment: z.exactOptional(z.record(z.string(), z.string())),
});

/** A command that ends by itself, as a part of the legacy app. */
const commandActionSchema = commandSchema.extend({
  /** The exit codes of a success. */
  exitCodes: z.array(z.int().min(0).max(255)).min(1).default([0]),
});

/** One action. */
export const actionSchema = z.union([endpointSchema, sqlActionSchema, commandActionSchema]);

/** One action that answers something, and where its parts stand. */
export function askingSchema<S extends z.core.$ZodLooseShape>(mapping: S) {
  return z.union([
    endpointSchema.extend(mapping),
    sqlActionSchema.extend(mapping),
    commandActionSchema.extend(mapping),
  ]);
}

/** One action as an author writes it, with its defaults. */
export type CheckedAction = z.output<typeof actionSchema>;

/** A command as its author writes it. */
export type CheckedCommand = z.output<typeof commandSchema>;

/** A command as the rig runs it. Arguments and values may hold placeholders. */
export interface Command {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The working directory; that of the rig unless given. */
  readonly directory?: string;
}

/** One action as the rig performs it. */
export type Action =
  | z.output<typeof endpointSchema>
  | { readonly sql: readonly string[] }
  | (Command & { readonly exitCodes: readonly number[] });
