import { InvalidArgumentError } from 'commander';

/** A number from words, within these bounds; otherwise the command ends as asked wrongly. */
export const numberIn =
  (least: number, most: number, whole = false) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(`It is ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}.`);
    return value;
  };
