import { InvalidArgumentError, type Command } from 'commander';
import { nearest } from '../domain/nearest';

/** A whole number that an option takes. */
export const countFrom =
  (least: number) =>
  (text: string): number => {
    const n = Number(text);
    if (text.trim() === '' || !Number.isInteger(n) || n < least)
      throw new InvalidArgumentError(`It is a whole number from ${least} on.`);
    return n;
  };
export const count = countFrom(1);

/** A word that is no command would count as a superfluous one of the command that runs without being named. */
function unknownIn(program: Command, [word]: readonly string[]): string | undefined {
  const known = [...program.commands.map((command) => command.name()), 'help'];
  if (word === undefined || word.startsWith('-') || known.includes(word)) return undefined;
  const meant = nearest(word, known);
  return `There is no "${word}". ${meant ? `Was "${meant}" meant?` : `There are: ${known.join(', ')}.`}`;
}

/** Runs what was asked for and ends with its exit code. What goes wrong is told in one line. */
export async function runProgram(program: Command, args: readonly string[]): Promise<never> {
  const unknown = unknownIn(program, args);
  if (unknown) {
    process.stderr.write(`${unknown}\n`);
    process.exit(2);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  process.exit(process.exitCode ?? 0);
}
