import { readFile } from 'node:fs/promises';
import { Ended, EXIT } from './output';

/** The text of a file that an option names; one that cannot be read is a command that was asked wrongly. */
export async function fileGiven(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    throw new Ended(EXIT.usage, {
      en: `${option} ${path} cannot be read: ${code}.`,
      ar: `تتعذر قراءة ${option} ${path}: ${code}.`,
    });
  }
}

/** The JSON of such a file, as JSON.parse gives it. */
export async function jsonGiven(option: string, path: string): Promise<unknown> {
  const text = await fileGiven(option, path);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Ended(EXIT.usage, { en: `${option} ${path} is not JSON.`, ar: `ليس ${option} ${path} بصيغة JSON.` });
  }
}
