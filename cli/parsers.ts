import { InvalidArgumentError } from 'commander';
import { REASON_LENGTH } from '../domain/reason';

/** A number from words, within these bounds; otherwise the command ends as asked wrongly. */
export const numberIn =
  (least: number, most: number, whole = false) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(`It is ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}.`);
    return value;
  };

function reasonIn(text: string): string {
  const { least, most } = REASON_LENGTH;
  const reason = text.trim();
  if (reason.length < least || reason.length > most)
    throw new InvalidArgumentError(`It is ${least} to ${most} characters.`);
  return reason;
}

/** The option of whatever needs a reason. */
export const REASON = ['--reason <text>', 'why, for the record', reasonIn] as const;
