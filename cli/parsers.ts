import { REASON_LENGTH } from '../domain/reason';
import { askedWrongly } from './output';

/** A number from words, within these bounds; otherwise the command ends as asked wrongly. @param name of what it is given as */
export const numberIn =
  (name: string, least: number, most: number, whole = false) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      throw askedWrongly(
        `${name} is ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}.`,
        `قيمة ${name} ${whole ? 'عدد صحيح' : 'عدد'} من ${least} إلى ${most}.`,
      );
    return value;
  };

function reasonIn(text: string): string {
  const { least, most } = REASON_LENGTH;
  const reason = text.trim();
  if (reason.length < least || reason.length > most)
    throw askedWrongly(`--reason is ${least} to ${most} characters.`, `طول --reason من ${least} إلى ${most} حرفًا.`);
  return reason;
}

/** The option of whatever needs a reason. */
export const REASON = ['--reason <text>', 'why, for the record', reasonIn] as const;
