import { readFile } from 'node:fs/promises';
import { askedWrongly, type Ended } from './output';

/** What an option names and cannot be read: the command was asked wrongly. */
export function cannotRead(option: string, path: string, error: unknown): Ended {
  const code = (error as NodeJS.ErrnoException).code ?? 'error';
  return askedWrongly(`${option} ${path} cannot be read: ${code}.`, `تتعذر قراءة ${option} ${path}: ${code}.`);
}

/** The text of a file that an option names. */
export async function fileGiven(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw cannotRead(option, path, error);
  }
}

/** The JSON of such a file, as JSON.parse gives it. */
export async function jsonGiven(option: string, path: string): Promise<unknown> {
  const text = await fileGiven(option, path);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw askedWrongly(`${option} ${path} is not JSON.`, `ليس ${option} ${path} بصيغة JSON.`);
  }
}
