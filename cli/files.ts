import { open, readFile } from 'node:fs/promises';
import { askedWrongly, type Ended } from './output';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'error';

/** What an option names and cannot be read: the command was asked wrongly. */
export function cannotRead(option: string, path: string, error: unknown): Ended {
  const code = codeOf(error);
  return askedWrongly(`${option} ${path} cannot be read: ${code}.`, `تتعذر قراءة ${option} ${path}: ${code}.`);
}

/** The same of what is to be written. */
export function cannotWrite(option: string, path: string, error: unknown): Ended {
  const code = codeOf(error);
  return askedWrongly(`${option} ${path} cannot be written: ${code}.`, `تتعذر كتابة ${option} ${path}: ${code}.`);
}

/** Before the work whose result goes there: that it can be written. */
export async function writableGiven(option: string, path: string): Promise<void> {
  try {
    await (await open(path, 'a')).close();
  } catch (error) {
    throw cannotWrite(option, path, error);
  }
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
